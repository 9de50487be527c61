import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { MediaPrints } from '../../pipeline/media/prints/media-prints.js';
import { indexedPrints, keysOf, picturePrints } from '../../pipeline/media/prints/picture-prints.js';
import { soundPrintOf } from '../../pipeline/media/prints/sound-prints.js';
import { cardOf } from '../helpers/card-documents.js';
import { converted, forwardedPicture } from '../helpers/forwarded.js';
import type { Bench, Figure } from './figure.js';
import { pictureCopies, soundCopies } from './media-copies.js';
import { filmFigures } from './media-films.js';
import { cardTemplate, type Dice, dice, greyOf, inventedPicture, templateCard } from './media-pictures.js';
import { type CrowdRows, openShelf, type Shelf } from './media-shelf.js';
import { inventedPrints, inventedVoice, waveOf, wordsOf } from './media-sounds.js';
import { silent, Tally } from './media-tally.js';
import { productCard } from './product-card.js';

const strangers = { pictures: 4500, cards: 560, sounds: 5000 };
const asked = { cards: 120, strangers: 150, voices: 12 };
const crowd = { pictures: 80_000, films: 10_000, sounds: 20_000, portion: 2000 };
const fixtures = path.join(import.meta.dirname, '../fixtures/media');
const samples = path.join(import.meta.dirname, '../../server/sample/media');

interface Named {
  name: string;
  content: Buffer;
}

/** Real pictures: photographs, cards, and moments of films, each a few seconds after the last. */
async function realPictures(data: string | null): Promise<Named[]> {
  const folders = [fixtures, samples, ...(data === null ? [] : [data])];
  const pictures: Named[] = [];
  for (const folder of folders) {
    for (const name of (await readdir(folder)).sort()) {
      const content = await readFile(path.join(folder, name)).catch(() => null);
      // The fixtures hold one photograph four times, under different orientations.
      if (content === null || /landscape-exif-[368]|meadow/.test(name)) continue;
      // The folder named may hold more of the film whose beginning is a fixture.
      if (data !== null && name === 'big-buck-bunny-6s.mp4') continue;
      if (/\.(jpe?g|png|webp)$/i.test(name) && !pictures.some((one) => one.content.equals(content)))
        pictures.push({ name: `${folder}/${name}`, content });
      if (!/\.mp4$/i.test(name)) continue;
      for (const second of [3, 5.5, 9, 14, 19, 24, 29]) {
        const still = { from: 'mp4', to: 'png', before: ['-ss', String(second)], after: ['-frames:v', '1'] };
        const moment = await converted(content, still).catch(() => null);
        if (moment && indexedPrints(await greyOf(moment)).prints.length > 0)
          pictures.push({ name: `${folder}/${name} ${second}`, content: moment });
      }
    }
  }
  return pictures;
}

/** Real sounds, and voices made up for the bench. */
async function realSounds(data: string | null, roll: Dice): Promise<(Named & { format: string })[]> {
  const voice = await readFile(path.join(samples, 'forwarded-voice.ogg'));
  const films = data === null ? [path.join(fixtures, 'big-buck-bunny-6s.mp4')] : [];
  if (data !== null) {
    const names = (await readdir(data)).filter((name) => /\.(mp4|ogg|mp3|m4a|wav)$/i.test(name));
    films.push(...names.map((name) => path.join(data, name)));
  }
  const sounds: (Named & { format: string })[] = [{ name: 'voice', content: voice, format: 'ogg' }];
  for (const file of films)
    sounds.push({ name: file, content: await readFile(file), format: path.extname(file).slice(1) });
  for (let one = 0; one < asked.voices; one += 1)
    sounds.push({ name: `made ${one}`, content: waveOf(inventedVoice(roll, 14)), format: 'wav' });
  return sounds;
}

const unseen: MediaPrints['pictures'] = { prints: [], asks: [], fine: null };

function heard(words: readonly number[]): MediaPrints {
  const raw = Buffer.alloc(words.length * 4);
  for (const [at, word] of words.entries()) raw.writeInt32LE(word, at * 4);
  return { pictures: unseen, sound: soundPrintOf(raw) };
}

export const bench: Bench = async ({ folder, data, say }) => {
  const roll = dice(20_261_122);
  const shelf = await openShelf(path.join(folder, 'postgres'));
  try {
    say('strangers: invented pictures, cards of one template, invented voices');
    const shown: MediaPrints['pictures'][] = [];
    for (let one = 0; one < strangers.pictures; one += 1) {
      const pictures = indexedPrints(inventedPicture(roll));
      shown.push(pictures);
      await shelf.keep(`stranger ${one}`, silent(pictures));
    }
    const template = await cardTemplate();
    const cards: Named[] = [];
    for (let one = 0; one < strangers.cards; one += 1) {
      const content =
        one < 500 ? await templateCard(template, roll) : await productCard(cardOf(wordsBy(roll)));
      cards.push({ name: `card ${one}`, content });
      await shelf.keep(`card ${one}`, silent(indexedPrints(await greyOf(content))));
    }
    const voices = await inventedPrints(folder, roll, strangers.sounds);
    for (const [one, words] of voices.entries()) await shelf.keep(`voice ${one}`, heard(words));

    const films = await filmFigures(shelf, { data, folder, say });
    const figures = [
      ...films.figures,
      ...(await pictureFigures(shelf, { data, roll, cards, template, say })),
      ...(await soundFigures(shelf, { data, roll, folder, say })),
    ];
    say('100,000 media');
    return [
      ...figures,
      ...(await scaleFigures(shelf, { data, roll, shown, template, voices, folder, films: films.asked })),
    ];
  } finally {
    await shelf.close();
  }
};

function wordsBy(roll: Dice) {
  const day = 1 + Math.floor(roll() * 28);
  const number = Math.floor(roll() * 900);
  const subjects = ['बिजली', 'राशन', 'सड़क', 'पानी', 'परीक्षा', 'अस्पताल', 'पेंशन'];
  const subject = subjects[Math.floor(roll() * subjects.length)] ?? '';
  return {
    words: {
      claim: `“${subject} की सेवा ${day} तारीख़ से बंद, ${number} परिवार प्रभावित”`,
      fact: `${subject} की सेवा चालू है; विभाग के अनुसार ${number + 11} घरों में जाँच पूरी हुई।`,
      asOf: `${day} नवंबर 2026 की स्थिति`,
    },
  };
}

async function pictureFigures(
  shelf: Shelf,
  {
    data,
    roll,
    cards,
    template,
    say,
  }: { data: string | null; roll: Dice; cards: Named[]; template: Buffer; say(line: string): void },
): Promise<Figure[]> {
  const tally = new Tally();
  const pictures = await realPictures(data);
  say(`${pictures.length} real pictures among ${strangers.pictures + strangers.cards} strangers`);
  for (const { name, content } of pictures)
    await shelf.keep(name, silent(indexedPrints(await greyOf(content))));
  for (const { name, content } of pictures) {
    for (const { kind, copy } of await pictureCopies(content, roll))
      await tally.ask(shelf, `image-${kind}`, name, silent(picturePrints(await greyOf(copy))));
  }
  for (let one = 0; one < asked.strangers; one += 1)
    await tally.ask(shelf, null, null, silent(picturePrints(inventedPicture(roll))));

  say('cards of the same template: with other words, and the very same ones again');
  const others = new Tally();
  let [same, likely] = [0, 0];
  for (let one = 0; one < asked.cards; one += 1) {
    const content =
      one % 4 > 0 ? await templateCard(template, roll) : await productCard(cardOf(wordsBy(roll)));
    const bands = await others.ask(shelf, null, null, silent(picturePrints(await greyOf(content))));
    if (bands.includes('same')) same += 1;
    if (bands.includes('likely')) likely += 1;
  }
  const again = new Tally();
  for (let one = 0; one < asked.cards; one += 1) {
    const card = cards[Math.floor(roll() * cards.length)];
    if (!card) continue;
    const copy = await forwardedPicture(card.content, 30 + Math.floor(roll() * 31));
    await again.ask(shelf, 'image-card-recompressed', card.name, silent(picturePrints(await greyOf(copy))));
  }
  const share = (count: number) => Math.round((1 - count / asked.cards) * 1e4) / 1e4;
  const of = `of ${asked.cards}`;
  return [
    ...tally.figures('image'),
    { name: 'precision/image-same-template', value: share(same), unit: of, goal: 1, atLeast: true },
    { name: 'not-likely/image-same-template', value: share(likely), unit: of, goal: 0.9, atLeast: true },
    ...again.figures('image-card'),
  ];
}

async function soundFigures(
  shelf: Shelf,
  { data, roll, folder, say }: { data: string | null; roll: Dice; folder: string; say(line: string): void },
): Promise<Figure[]> {
  const tally = new Tally();
  const sounds = await realSounds(data, roll);
  say(`${sounds.length} sounds among ${strangers.sounds} strangers`);
  for (const { name, content } of sounds) await shelf.keep(name, heard(await wordsOf(folder, content)));
  for (const { name, content, format } of sounds) {
    for (const { kind, copy } of await soundCopies(content, format))
      await tally.ask(shelf, `sound-${kind}`, name, heard(await wordsOf(folder, copy)));
  }
  for (const words of await inventedPrints(folder, roll, asked.strangers))
    await tally.ask(shelf, null, null, heard(words));
  return tally.figures('sound');
}

function percentile(times: readonly number[], share: number): number {
  return times.toSorted((a, b) => a - b)[Math.floor(times.length * share)] ?? 0;
}

/** A hash as of another picture, with the bits of one that was drawn, a quarter of them turned. */
function otherHash(bits: string, roll: Dice): { hash: string; keys: number[] } {
  const margins = Float32Array.from(bits, (bit) => ((bit === '1') !== roll() < 0.25 ? 1 : -1));
  return {
    hash: Array.from(margins, (margin) => (margin > 0 ? '1' : '0')).join(''),
    keys: keysOf({ margins }),
  };
}

async function scaleFigures(
  shelf: Shelf,
  {
    data,
    roll,
    shown,
    template,
    voices,
    folder,
    films,
  }: {
    data: string | null;
    roll: Dice;
    shown: MediaPrints['pictures'][];
    template: Buffer;
    voices: number[][];
    folder: string;
    films: MediaPrints[];
  },
): Promise<Figure[]> {
  const any = <T>(from: readonly T[]): T | undefined => from[Math.floor(roll() * from.length)];
  for (let first = 0; first < 100_000; first += crowd.portion) {
    const rows: CrowdRows = { pictures: [], sounds: [], items: crowd.portion };
    for (let item = 0; item < crowd.portion; item += 1) {
      const at = first + item;
      const film = at >= crowd.pictures && at < crowd.pictures + crowd.films;
      // Of a film's twelve moments each is kept whole and by its middle.
      const count = at < crowd.pictures ? 4 : film ? 24 : 0;
      for (let one = 0; one < count; one += 1) {
        const bits = any(any(shown)?.prints ?? [])?.bits;
        if (bits)
          rows.pictures.push({
            ...otherHash(bits, roll),
            atMs: film ? Math.floor(one / 2) * 2000 : null,
            item,
          });
      }
      if (at < crowd.pictures) continue;
      const parts = [any(voices), any(voices), any(voices)].flatMap((part) => part ?? []);
      const sound = heard(
        parts.map((word) => word ^ (roll() < 0.5 ? 1 << Math.floor(roll() * 32) : 0)),
      ).sound;
      if (sound) rows.sounds.push({ ...sound, item });
    }
    await shelf.crowd(rows);
  }
  await shelf.settle();
  const tally = new Tally();
  for (const { name, content } of await realPictures(data)) {
    const copies = await pictureCopies(content, roll);
    for (const { kind, copy } of copies.slice(0, 6))
      await tally.ask(shelf, `image-${kind}`, name, silent(picturePrints(await greyOf(copy))));
  }
  for (let one = 0; one < 60; one += 1)
    await tally.ask(shelf, null, null, silent(picturePrints(inventedPicture(roll))));
  for (const words of await inventedPrints(folder, roll, 60))
    await tally.ask(shelf, null, null, heard(words));
  for (let one = 0; one < 40; one += 1)
    await tally.ask(
      shelf,
      null,
      null,
      silent(picturePrints(await greyOf(await templateCard(template, roll)))),
    );
  const moving = new Tally();
  for (const prints of films) await moving.ask(shelf, null, null, prints);
  const p95 = ({ times }: Tally): number => Math.round(percentile(times, 0.95) * 10) / 10;
  return [
    { name: 'p95/media-100k', value: p95(tally), unit: 'ms', goal: 50 },
    // Of five seconds each: a longer one asks with up to three times as many hashes.
    { name: 'p95/films-100k', value: p95(moving), unit: 'ms', goal: null },
  ];
}
