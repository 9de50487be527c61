import type { CardDocument, CardTexts } from '../../server/contract/card.js';
import type { Language } from '../../server/contract/lists.js';

export const cardAddress = 'https://tathya.example.org/library/01981f6e-0000-7000-8000-000000000000';

const texts: Readonly<Record<Language, CardTexts>> = {
  hi: {
    claimLabel: 'दावा',
    claim: '“बाँध टूट गया है, निचले इलाक़ों के सारे गाँव तुरंत ख़ाली करा लिए गए हैं”',
    saidBy: null,
    verdict: 'झूठ',
    factLabel: 'तथ्य',
    fact: 'बाँध सुरक्षित है; जल-स्तर ख़तरे के निशान से 3.2 मीटर नीचे है और कोई गाँव ख़ाली नहीं कराया गया।',
    sources: 'स्रोत: जल संसाधन विभाग की दैनिक रिपोर्ट, ज़िला प्रशासन',
    asOf: '12 नवंबर 2026 की स्थिति',
    issuedBy: 'परीक्षण मंच द्वारा जारी',
    scan: 'पूरा तथ्य पढ़ें',
    photoCredit: null,
  },
  en: {
    claimLabel: 'Claim',
    claim: '“The dam has burst and every village downstream has been evacuated”',
    saidBy: null,
    verdict: 'Missing context',
    factLabel: 'Fact',
    fact: 'The dam is safe: the water stands 3.2 m below the danger mark and no village was evacuated.',
    sources: 'Sources: Water Resources Department daily report, district administration',
    asOf: 'As of 12 November 2026',
    issuedBy: 'Issued by Test Forum',
    scan: 'Read the full fact',
    photoCredit: null,
  },
};

/** A card of invented content, with some of it replaced. */
export function cardOf({
  language = 'hi',
  words = {},
  ...rest
}: Partial<Omit<CardDocument, 'texts'>> & { words?: Partial<CardTexts> } = {}): CardDocument {
  return {
    card: 1,
    template: 'plain',
    language,
    factId: '01981f6e-0000-7000-8000-000000000000',
    verdict: language === 'hi' ? 'false' : 'missing_context',
    address: cardAddress,
    photo: null,
    ...rest,
    texts: { ...texts[language], ...words },
  };
}
