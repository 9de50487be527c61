import type { FailureCode, Language, MediaKind } from '../../../server/contract/lists.js';
import { uploadLimits } from '../../../server/contract/upload-limits.js';
import { createFormat } from '../../i18n/format.js';
import { fill } from '../../i18n/message.js';
import { texts } from './texts.js';

/** What a file will be taken as, or why it will not be; the server decides again, by the same rules. */
export type Checked =
  | { kind: MediaKind; refusal: null }
  | { kind: null; refusal: Readonly<Record<Language, string>> };

const headBytes = 512;
const heic = ['heic', 'heix', 'heim', 'heis', 'hevc', 'hevx', 'hevm', 'hevs', 'mif1', 'msf1'];
const starts: readonly [MediaKind, RegExp][] = [
  ['image', /^\xff\xd8\xff/],
  ['image', /^\x89PNG\r\n/],
  ['image', /^GIF8[79]a/],
  ['image', /^RIFF[\s\S]{4}WEBP/],
  ['image', /^[\s\S]{4}ftypavi[fs]/],
  ['audio', /^[\s\S]{4}ftypM4[AB] /],
  ['video', /^[\s\S]{4}(ftyp|moov|mdat|wide|free|skip|pnot)/],
  ['video', /^RIFF[\s\S]{4}AVI/],
  ['video', /^[\s\S]E\xdf\xa3/],
  ['audio', /^RIFF[\s\S]{4}WAVE/],
  ['audio', /^(OggS|fLaC|ID3)/],
  ['audio', /^\xff[\xe0-\xff]/],
  ['document', /^%PDF-/],
];

/** The sentences are fetched when a file is refused: most never are. */
async function refused(code: FailureCode): Promise<Checked> {
  const { failureSentences } = await import('../../../server/contract/describe-failure.js');
  return { kind: null, refusal: failureSentences({ code, details: {} }) };
}

const kindWords = { image: 'images', video: 'videos', audio: 'audios', document: 'documents' } as const;

function tooLarge(kind: MediaKind, size: number): Checked {
  const say = (language: Language): string => {
    const format = createFormat(language);
    const values = {
      size: format.bytes(size),
      limit: format.bytes(uploadLimits[kind]),
      kind: fill(texts[language][kindWords[kind]], {}, language),
    };
    return fill(texts[language].tooLarge, values, language);
  };
  return { kind: null, refusal: { hi: say('hi'), en: say('en') } };
}

/** Looks at size and first bytes only, so that nobody waits for an upload that must fail. */
export async function checkFile(file: Blob): Promise<Checked> {
  if (file.size === 0) return refused('empty_file');
  let head: string;
  try {
    const bytes = new Uint8Array(await file.slice(0, headBytes).arrayBuffer());
    head = String.fromCharCode(...bytes);
  } catch {
    // A folder, or a file that went away since it was chosen.
    return refused('type_not_allowed');
  }
  if (head.slice(4, 8) === 'ftyp' && heic.includes(head.slice(8, 12))) return refused('heic_not_supported');
  const kind = starts.find(([, start]) => start.test(head))?.[0];
  if (kind) return file.size > uploadLimits[kind] ? tooLarge(kind, file.size) : { kind, refusal: null };
  if (/<svg[\s>]/i.test(head)) return refused('svg_not_allowed');
  if (/^(#EXTM3U|#EXTINF|ffconcat|\[playlist\])|<(MPD|smil|asx)[\s>]/i.test(head)) {
    return refused('playlist_not_allowed');
  }
  return refused('type_not_allowed');
}
