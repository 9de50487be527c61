import type { Language } from '../contract/lists.js';
import type { Caption, PackEdit, PackTexts } from '../contract/pack.js';
import type { FieldProblem, Messages } from '../errors.js';

const titleLimit = 200;
const slipLimit = 5000;

export const sentences = {
  titleNeeded: {
    hi: 'पैक का शीर्षक लिखें या कोई सत्यापित तथ्य चुनें।',
    en: 'Write a title for the pack, or choose a verified fact.',
  },
  captionTwice: {
    hi: 'इस भाषा और मंच का कैप्शन दो बार है।',
    en: 'There are two captions for this language and platform.',
  },
  factUnknown: { hi: 'यह तथ्य नहीं मिला।', en: 'This fact was not found.' },
  factNotVerified: { hi: 'यह तथ्य अब सत्यापित नहीं है।', en: 'This fact is not verified now.' },
  renditionUnknown: { hi: 'यह फ़ाइल नहीं मिली।', en: 'This file was not found.' },
  expiryPast: { hi: 'समाप्ति का समय आगे का होना चाहिए।', en: 'The end must lie ahead.' },
  firstVersion: {
    hi: 'पहले संस्करण में बदलाव का प्रकार नहीं होता।',
    en: 'A first version has no kind of change.',
  },
  changeNoteNeeded: {
    hi: 'पाने वालों को बताएँ कि क्या बदला।',
    en: 'Tell the receivers what changed.',
  },
  expired: {
    hi: 'इस पैक की समाप्ति का समय बीत चुका है। नया समय रखकर फिर अनुमोदन लें।',
    en: 'This pack is past its end. Set a new end and have it approved again.',
  },
  unitUnknown: { hi: 'यह इकाई नहीं मिली।', en: 'This unit was not found.' },
} as const satisfies Record<string, Messages>;

function twice(captions: readonly Caption[]): FieldProblem[] {
  const seen = new Set<string>();
  return captions.flatMap(({ language, platform }, index) => {
    const key = `${language} ${platform}`;
    const repeated = seen.has(key);
    seen.add(key);
    return repeated ? [{ path: `/captions/${index}`, messages: sentences.captionTwice }] : [];
  });
}

/** What is wrong with an edit as such, whatever the database holds. `first` is a pack's first version. */
export function editProblems(edit: PackEdit, { first, now }: { first: boolean; now: Date }): FieldProblem[] {
  const problems = twice(edit.captions ?? []);
  if (typeof edit.expiresAt === 'string' && !(new Date(edit.expiresAt) > now)) {
    problems.push({ path: '/expiresAt', messages: sentences.expiryPast });
  }
  if (first && edit.changeKind !== undefined) {
    problems.push({ path: '/changeKind', messages: sentences.firstVersion });
  }
  if (first && typeof edit.changeNote === 'string') {
    problems.push({ path: '/changeNote', messages: sentences.firstVersion });
  }
  if (!first && edit.changeNote !== undefined && (edit.changeNote ?? '').trim() === '') {
    problems.push({ path: '/changeNote', messages: sentences.changeNoteNeeded });
  }
  return problems;
}

/** Whether any language has words. */
export function hasTexts(texts: PackTexts | undefined): boolean {
  return texts?.hi !== undefined || texts?.en !== undefined;
}

/** A pack's first words: the fact's headline as its title, cut to what fits, and the sources line by line. */
export function textsFromFact({
  headlines,
  sources,
}: {
  headlines: readonly { language: Language; headline: string }[];
  sources: readonly string[];
}): PackTexts {
  let sourcesSlip = '';
  for (const line of sources) {
    const longer = sourcesSlip === '' ? line : `${sourcesSlip}\n${line}`;
    if (longer.length > slipLimit) break;
    sourcesSlip = longer;
  }
  const texts: PackTexts = {};
  for (const { language, headline } of headlines) {
    const letters = [...headline];
    const title = letters.length > titleLimit ? `${letters.slice(0, titleLimit - 1).join('')}…` : headline;
    texts[language] = { title, sourcesSlip };
  }
  return texts;
}
