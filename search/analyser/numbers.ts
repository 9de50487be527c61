import type { Token } from './token.js';

const scales = new Map<string, number>([
  ...named('hundred सौ sau', 1e2),
  ...named('thousand thousands हजार हज़ार hazar hazaar hajar hajaar ਹਜਾਰ', 1e3),
  ...named('lakh lakhs lac lacs laakh लाख लाखों ਲੱਖ ਲਖ', 1e5),
  ...named('million millions mn मिलियन', 1e6),
  ...named('crore crores karod karor करोड करोड़ करोडों ਕਰੋੜ', 1e7),
  ...named('billion billions bn बिलियन अरब arab', 1e9),
  ...named('trillion ट्रिलियन', 1e12),
]);
/** Only in front of a scale: alone, "do" and "char" are other words too. */
const counts = new Map<string, number>([
  ...named('एक one ek', 1),
  ...named('दो two do', 2),
  ...named('तीन three teen tin', 3),
  ...named('चार four char chaar', 4),
  ...named('पांच five panch paanch', 5),
  ...named('छह छः छे छ six chhah chhe', 6),
  ...named('सात seven saat sat', 7),
  ...named('आठ eight aath', 8),
  ...named('नौ nine nau', 9),
  ...named('दस ten das dus', 10),
  ...named('बारह twelve barah', 12),
  ...named('पंद्रह fifteen pandrah', 15),
  ...named('बीस twenty bees bis', 20),
  ...named('पच्चीस twentyfive pachis pachees', 25),
  ...named('तीस thirty tees', 30),
  ...named('चालीस forty chalis chalees', 40),
  ...named('पचास fifty pachas pachaas', 50),
  ...named('साठ sixty saath', 60),
  ...named('सत्तर seventy sattar', 70),
  ...named('अस्सी eighty assi', 80),
  ...named('नब्बे ninety nabbe', 90),
  ...named('डेढ dedh', 1.5),
  ...named('ढाई dhai', 2.5),
]);

function named(words: string, value: number): [string, number][] {
  return words.split(' ').map((word) => [word.replace(/\u093c/gu, ''), value]);
}

/** Numbers in one form: "5 लाख", "5 lakh" and "5,00,000" are 500000; "1.5 crore" is 15000000; "10k" is 10000. */
export function readNumbers(tokens: Token[]): Token[] {
  const read: Token[] = [];
  for (let at = 0; at < tokens.length; at += 1) {
    const token = tokens[at];
    if (!token) break;
    const count = amountOf(token.word) ?? countOf(token.word, tokens[at + 1]);
    if (count === undefined) {
      read.push(token);
      continue;
    }
    let value = count;
    let words = token.original;
    // "2 लाख करोड़" climbs two steps.
    for (let next = tokens[at + 1]; next; next = tokens[at + 1]) {
      const factor = scales.get(next.word);
      if (factor === undefined) break;
      value *= factor;
      words = `${words} ${next.original}`;
      at += 1;
    }
    read.push({ original: words, word: plain(value) });
  }
  return read;
}

function countOf(word: string, next: Token | undefined): number | undefined {
  const count = counts.get(word);
  return count !== undefined && next !== undefined && scales.has(next.word) ? count : undefined;
}

function amountOf(word: string): number | undefined {
  // Nearly all words end here.
  if (word.charCodeAt(0) > 0x39) return undefined;
  const found = /^(\d{1,15}(?:\.\d{1,6})?)(k|cr|l)?$/u.exec(word);
  if (!found) return undefined;
  const factor = found[2] === 'k' ? 1e3 : found[2] === 'cr' ? 1e7 : found[2] === 'l' ? 1e5 : 1;
  return Number(found[1]) * factor;
}

function plain(value: number): string {
  return String(Math.round(value * 1e4) / 1e4);
}
