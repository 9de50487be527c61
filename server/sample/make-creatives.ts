import type { Creative } from '../contract/creative.js';
import type { Actor } from '../sessions/actor.js';
import { type SampleCard, type SampleUpload, sampleCards, sampleUploads } from './sample-packs.js';
import { type Making, storeSampleFile, until } from './sample-workspace.js';

async function inspected({ services }: Making, designer: Actor, { id }: Creative): Promise<Creative> {
  return until(
    'looking into a file of the sample',
    async () => {
      const now = await services.creatives.read(designer, id);
      return now.inspection === 'ready' ? now : null;
    },
    { seconds: 90 },
  );
}

async function upload(making: Making, designer: Actor, sample: SampleUpload): Promise<string> {
  const { services, once } = making;
  const { key, file, mime, kind, title, altText, rights, credit } = sample;
  const stored = await storeSampleFile(making, file);
  const fields = { title: title.hi, language: 'hi' as const, altText: altText.hi, rights, credit };
  const uploaded = await once(designer, `creative-${key}`, (actor) =>
    services.creatives.upload(actor, { ...stored, mime, kind, originalName: file, fields }),
  );
  const ready = await inspected(making, designer, uploaded);
  await once(designer, `texts-${key}`, (actor) =>
    services.creatives.edit(actor, ready.id, ready.version, {
      texts: {
        hi: { title: title.hi, altText: altText.hi },
        en: { title: title.en, altText: altText.en },
      },
      focal: { x: 0.5, y: 0.5 },
    }),
  );
  return ready.id;
}

async function makeCard(
  making: Making,
  designer: Actor,
  { key, draft }: SampleCard,
  { fact, picture }: { fact: string; picture: string | undefined },
): Promise<string> {
  const { services, once, origin } = making;
  const made = await once(designer, `creative-${key}`, (actor) =>
    services.cards.create(
      actor,
      fact,
      { ...draft, ...(picture !== undefined && { imageCreativeId: picture }) },
      { origin },
    ),
  );
  return (await inspected(making, designer, made)).id;
}

/** Uploads, cards of the facts, and their formats, by the worker; gives rendition ids by creative. */
export async function makeCreatives(
  making: Making,
  { designer, facts }: { designer: Actor; facts: ReadonlyMap<string, string> },
): Promise<Map<string, string[]>> {
  const { services, once, say } = making;
  const ids = new Map<string, string>();
  for (const sample of sampleUploads) ids.set(sample.key, await upload(making, designer, sample));
  for (const card of sampleCards) {
    const fact = facts.get(card.claim) ?? '';
    const picture = card.picture === undefined ? undefined : ids.get(card.picture);
    ids.set(card.key, await makeCard(making, designer, card, { fact, picture }));
  }
  const renditions = new Map<string, string[]>();
  for (const { key, formats } of [...sampleUploads, ...sampleCards]) {
    if (formats.length === 0) continue;
    const asked = await once(designer, `render-${key}`, (actor) =>
      services.renditions.request(actor, ids.get(key) ?? '', { formats, framing: 'blur' }),
    );
    renditions.set(
      key,
      asked.items.map(({ id }) => id),
    );
  }
  for (const [key, wanted] of renditions) {
    say(`  making ${wanted.length} formats of ${key} …`);
    await until(
      `making the formats of ${key}`,
      async () => {
        const { renditionCounts } = await services.creatives.read(designer, ids.get(key) ?? '');
        return renditionCounts.ready >= wanted.length ? true : null;
      },
      { seconds: 240 },
    );
  }
  return renditions;
}
