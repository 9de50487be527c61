import type { StoredFile } from '../../pipeline/files/file-store.js';
import type { Change, ChangeContext } from '../audit/change.js';
import type { Creative, SubtitlesDraft, SubtitlesParams } from '../contract/creative.js';
import { type Cue, parseSubtitles, SubtitlesError } from '../contract/subtitles.js';
import type { Database } from '../database/database.js';
import { recordFile } from '../database/record-file.js';
import { AppError, type Messages } from '../errors.js';
import { cleanFileName } from '../http/file-name.js';
import type { Actor } from '../sessions/actor.js';
import { demand } from '../sessions/permission.policy.js';
import { demandCreative, hearersOf } from './creatives.policy.js';
import { findCreative } from './creatives.repository.js';
import type { CreativesService } from './creatives.service.js';
import { bumpVersion, dropSubtitles, findDressing, putSubtitles } from './framings.repository.js';
import { webVtt } from './web-vtt.policy.js';

export interface SubtitlesService {
  /** Keeps the text of an SRT or VTT file with a video; throws `invalid_input` when it is neither. */
  add(actor: Actor, creativeId: string, version: number, draft: SubtitlesDraft): Promise<Creative>;
  remove(actor: Actor, target: SubtitlesParams, version: number): Promise<Creative>;
  /** As WebVTT, whatever was uploaded, for players. */
  read(actor: Actor, target: SubtitlesParams): Promise<string>;
}

export interface SubtitlesOptions {
  db: Database;
  change: Change;
  creatives: Pick<CreativesService, 'readIn'>;
  /** Keeps a small text in the file store. */
  keepText(text: string): Promise<StoredFile>;
  readText(sha256: string): Promise<string>;
}

const mime = 'text/plain; charset=utf-8';

const reasons: Readonly<Record<SubtitlesError['reason'], (line: number) => Messages>> = {
  no_cues: () => ({
    hi: 'इसमें समय के साथ लिखी कोई पंक्ति नहीं मिली। एसआरटी या वीटीटी फ़ाइल चुनें।',
    en: 'It holds no line with its times. Choose an SRT or VTT file.',
  }),
  bad_time: (line) => ({
    hi: `पंक्ति ${line} में समय ठीक नहीं लिखा है, या अंत शुरुआत से पहले है।`,
    en: `The times in line ${line} cannot be read, or the end comes before the beginning.`,
  }),
  too_long: (line) => ({
    hi: `पंक्ति ${line} के पास लिखे शब्द एक बार में दिखाने के लिए बहुत लंबे हैं। उन्हें बाँटें।`,
    en: `The words near line ${line} are too long to be shown at once. Split them.`,
  }),
  too_many: () => ({
    hi: 'इसमें बहुत अधिक उपशीर्षक हैं। वीडियो को बाँटकर दें।',
    en: 'It holds too many subtitles. Split the video.',
  }),
};

function cuesOf(text: string): readonly Cue[] {
  try {
    return parseSubtitles(text);
  } catch (error) {
    if (!(error instanceof SubtitlesError)) throw error;
    const messages = reasons[error.reason](error.line);
    throw new AppError('invalid_input', { messages, fields: [{ path: '/text', messages }], cause: error });
  }
}
const onlyVideos = {
  hi: 'उपशीर्षक केवल वीडियो में जुड़ते हैं।',
  en: 'Only videos take subtitles.',
};

export function createSubtitlesService(options: SubtitlesOptions): SubtitlesService {
  const { db, change, creatives, keepText, readText } = options;

  async function mayWrite({ tx }: Pick<ChangeContext, 'tx'>, actor: Actor, id: string) {
    const found = await findCreative(tx, id);
    if (!found) throw new AppError('not_found');
    demandCreative(actor, 'creatives.write', found);
    return found;
  }

  async function nextVersion({ tx }: Pick<ChangeContext, 'tx'>, id: string, version: number): Promise<void> {
    if (await bumpVersion(tx, { id, version })) return;
    throw new AppError('stale_version', { details: { current: await creatives.readIn(tx, id) } });
  }

  return {
    async add(actor, creativeId, version, { language, name, text }) {
      demand(actor, 'creatives.write');
      const cues = cuesOf(text);
      const file = await keepText(text);
      return change(actor, async ({ tx, audit, live }) => {
        const found = await mayWrite({ tx }, actor, creativeId);
        if (found.creative.kind !== 'video') throw new AppError('wrong_state', { messages: onlyVideos });
        await nextVersion({ tx }, creativeId, version);
        await recordFile(tx, { ...file, mime });
        await putSubtitles(tx, {
          creativeId,
          language,
          fileSha256: file.sha256,
          originalName: cleanFileName(name),
          cues: cues.length,
          createdBy: actor.memberId,
        });
        const payload = { language, sha256: file.sha256, cues: cues.length };
        audit({ act: 'creative.subtitled', objectKind: 'creative', objectId: creativeId, payload });
        live({ topic: 'creative', id: creativeId, ...hearersOf(found) });
        return creatives.readIn(tx, creativeId);
      });
    },

    remove(actor, { id, language }, version) {
      return change(actor, async ({ tx, audit, live }) => {
        const found = await mayWrite({ tx }, actor, id);
        if (!(await dropSubtitles(tx, id, language))) throw new AppError('not_found');
        await nextVersion({ tx }, id, version);
        const payload = { language };
        audit({ act: 'creative.subtitles_removed', objectKind: 'creative', objectId: id, payload });
        live({ topic: 'creative', id, ...hearersOf(found) });
        return creatives.readIn(tx, id);
      });
    },

    async read(actor, { id, language }) {
      const found = await findCreative(db, id);
      if (!found) throw new AppError('not_found');
      demandCreative(actor, 'desk.read', found);
      const dressing = await findDressing(db, id);
      const kept = dressing?.subtitles.find((one) => one.language === language);
      if (!kept) throw new AppError('not_found');
      return webVtt(parseSubtitles(await readText(kept.fileSha256)));
    },
  };
}
