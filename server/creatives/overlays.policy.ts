import type { Names } from '../contract/common.js';
import type { Imprint } from '../contract/creative.js';
import type { FormatSpec } from '../contract/format.js';
import type { AiDeclaration, Language, VerdictCode } from '../contract/lists.js';
import type { Overlay } from '../contract/recipe.js';

type Words = Readonly<Record<Language, string>>;

/** The words of the verdicts as they are stamped; a test holds them to the interface's own. */
export const stampWords: Readonly<Record<VerdictCode, Words>> = {
  true: { hi: 'सच', en: 'True' },
  mostly_true: { hi: 'अधिकांशतः सच', en: 'Mostly true' },
  half_true: { hi: 'आधा सच', en: 'Half true' },
  misleading: { hi: 'भ्रामक', en: 'Misleading' },
  missing_context: { hi: 'संदर्भ से बाहर', en: 'Missing context' },
  false: { hi: 'झूठ', en: 'False' },
  unproven: { hi: 'पुष्टि नहीं हो सकी', en: 'Unproven' },
  not_a_claim: { hi: 'राय, दावा नहीं', en: 'Opinion, not a claim' },
  satire: { hi: 'व्यंग्य', en: 'Satire' },
};

/**
 * What synthetic media has to say of itself. The English words are those of the Election Commission's advisories of
 * 16 January and 24 October 2025 and stand beside the Hindi ones.
 */
export const disclosureWords: Readonly<Record<Exclude<AiDeclaration, 'none'>, Words>> = {
  enhanced: { hi: 'डिजिटल रूप से संवर्धित · Digitally Enhanced', en: 'Digitally Enhanced' },
  composite: { hi: 'कृत्रिम सामग्री · Synthetic Content', en: 'Synthetic Content' },
  generated: { hi: 'एआई-जनित · AI-Generated', en: 'AI-Generated' },
};

/** Everything that decides what is drawn over a rendition. */
export interface OverlayFacts {
  format: Pick<FormatSpec, 'kind' | 'platforms'>;
  /** Of the words drawn; Hindi when nobody chose. */
  language: Language | null;
  aiDeclaration: AiDeclaration;
  /** The verdict of the fact a misleading original was held against; null for everything else. */
  stamp: { verdict: VerdictCode } | null;
  /** Who issues it, when the rendition is to say so: the words of the organisation's profile. */
  issuedBy: Names | null;
  imprint: Imprint | null;
  /** SHA-256 of the SRT or VTT file in the file store. */
  subtitles: string | null;
  /** Share of the visible area a disclosure covers, as the organisation has set it. */
  disclosureShare: number;
}

function imprintText({ printer, publisher, copies }: Imprint, language: Language): string {
  const words: Readonly<Record<Language, readonly string[]>> = {
    hi: [`मुद्रक: ${printer}`, `प्रकाशक: ${publisher}`, `प्रतियाँ: ${copies.toLocaleString('en-IN')}`],
    en: [`Printer: ${printer}`, `Publisher: ${publisher}`, `Copies: ${copies.toLocaleString('en-IN')}`],
  };
  return words[language].join(' · ');
}

/**
 * What is drawn over a rendition, in a fixed order so that the same choices are the same recipe. The disclosure of
 * synthetic media and the stamp of a misleading original are not a choice: no request leaves them out.
 */
export function overlaysFor(facts: OverlayFacts): Overlay[] {
  const { format, aiDeclaration, stamp, issuedBy, imprint, subtitles } = facts;
  const language = facts.language ?? 'hi';
  if (format.kind === 'audio') return [];
  const overlays: Overlay[] = [];
  if (aiDeclaration !== 'none') {
    const text = disclosureWords[aiDeclaration][language];
    overlays.push({ kind: 'disclosure', text, share: facts.disclosureShare, mark: aiDeclaration });
  }
  if (stamp !== null) {
    overlays.push({ kind: 'stamp', word: stampWords[stamp.verdict][language], mark: stamp.verdict });
  }
  if (format.kind === 'video' && subtitles !== null) overlays.push({ kind: 'subtitles', cues: subtitles });
  const label = issuedBy?.[language] ?? issuedBy?.hi ?? issuedBy?.en;
  if (label !== undefined) overlays.push({ kind: 'label', text: label });
  if (imprint !== null && format.platforms.includes('print')) {
    overlays.push({ kind: 'imprint', text: imprintText(imprint, language) });
  }
  return overlays;
}
