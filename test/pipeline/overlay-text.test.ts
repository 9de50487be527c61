import { execFile } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fontFile, semiBoldFamily } from '../../pipeline/fonts/bundled-fonts.js';
import { missingCharacters } from '../../pipeline/fonts/font-coverage.js';
import { assText, heightPerEm } from '../../pipeline/media/subtitles/ass.js';
import {
  fitText,
  renderText,
  TextOverflow,
  type TextRequest,
  UndrawableText,
} from '../../pipeline/media/text/render-text.js';
import { inkOf, likeness } from '../helpers/ink.js';

const run = promisify(execFile);
const references = fileURLToPath(new URL('../fixtures/text/', import.meta.url));
const cases: { name: string; text: string }[] = JSON.parse(
  await readFile(join(references, 'cases.json'), 'utf8'),
);
/** Right shaping by three different programs comes out above; wrong shaping of any of these cases below. */
const alike = 0.9;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tathya-text-'));
  await mkdir(join(folder, 'fonts'));
  await copyFile(fontFile(600), join(folder, 'fonts', 'font.ttf'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const black: Omit<TextRequest, 'text'> = {
  ...{ weight: 600, sizePx: 48, color: '#000000', align: 'left', lineHeight: 1.45 },
  ...{ maxWidth: 2000, maxHeight: 400 },
};

const large = { maxWidth: 4000, maxHeight: 800 };

/** The text as libass draws it with one of its two ways of shaping. */
async function byLibass(text: string, shaping: 'simple' | 'complex'): Promise<string> {
  const name = `${shaping}-${cases.findIndex((one) => one.text === text)}`;
  const size = 48 * heightPerEm;
  const ass = [
    '[Script Info]\nScriptType: v4.00+\nPlayResX: 1600\nPlayResY: 200\nYCbCr Matrix: None\n\n[V4+ Styles]',
    'Format: Name, Fontname, Fontsize, PrimaryColour, Bold, BorderStyle, Outline, Shadow, Alignment, MarginV',
    `Style: a,${semiBoldFamily},${size},&H00000000,0,1,0,0,5,0\n\n[Events]`,
    'Format: Layer, Start, End, Style, Text',
    `Dialogue: 0,0:00:00.00,0:00:09.00,a,${assText(text)}`,
  ].join('\n');
  await writeFile(join(folder, `${name}.ass`), ass);
  const filter = `ass=filename=${name}.ass:fontsdir=fonts:shaping=${shaping}`;
  await run(
    'ffmpeg',
    [
      '-v',
      'error',
      '-y',
      '-f',
      'lavfi',
      '-i',
      'color=white:s=1600x200:d=1',
      '-vf',
      filter,
      '-frames:v',
      '1',
      `${name}.png`,
    ],
    { cwd: folder },
  );
  return join(folder, `${name}.png`);
}

describe('writing in Devanagari, without any font of the machine', () => {
  it.each(cases)('looks as HarfBuzz itself draws it: $name', async ({ name, text }) => {
    const reference = await inkOf(join(references, `${name}.png`));
    // Pango puts letters on whole pixels; three times as large, that no longer shifts them against each other.
    const drawn = await inkOf(
      (await renderText({ ...black, sizePx: 144, text, oneLine: true, ...large })).png,
    );

    expect(await likeness(reference, drawn)).toBeGreaterThan(alike);
  });

  it.each(cases)('is told from wrong shaping by the same comparison: $name', async ({ name, text }) => {
    const reference = await inkOf(join(references, `${name}.png`));

    expect(await likeness(reference, await inkOf(await byLibass(text, 'complex')))).toBeGreaterThan(alike);
    expect(await likeness(reference, await inkOf(await byLibass(text, 'simple')))).toBeLessThan(alike - 0.1);
  });

  it('is told from other words of about the same length', async () => {
    const [first] = cases;
    const reference = await inkOf(join(references, `${first?.name}.png`));
    const text = 'सत्य की जाँच: बिजली दरें यहीं चढ़ीं';
    const other = await renderText({ ...black, sizePx: 144, text, oneLine: true, ...large });

    expect(await likeness(reference, await inkOf(other.png))).toBeLessThan(alike);
  });
});

describe('a text to be drawn', () => {
  it('is never markup: signs of Pango and ASS are drawn as they are', async () => {
    const plain = await renderText({ ...black, text: 'क ख' });
    const signs = await renderText({ ...black, text: 'क <b>&{\\b1}</b> ख' });

    expect(signs.width).toBeGreaterThan(plain.width * 3);
    expect(assText('a{\\b1}\\N<b>&')).toBe('a\\{\\\u200cb1\\}\\\u200cN<b>&');
  });

  it('keeps joiners, which shape conjuncts, and loses what turns the direction of writing', async () => {
    const conjunct = await renderText({ ...black, text: 'क्ष' });
    const apart = await renderText({ ...black, text: 'क्\u200cष' });
    const turned = await renderText({ ...black, text: '\u202eक्ष\u202c\u0007' });

    expect(apart.width).toBeGreaterThan(conjunct.width);
    expect(turned.png.equals(conjunct.png)).toBe(true);
  });

  it('that does not fit is refused by name, however long its words are', async () => {
    const word = 'अनिर्वचनीयताप्रतिपादनशीलत्व'.repeat(4);

    await expect(renderText({ ...black, text: word, maxWidth: 600 })).rejects.toMatchObject({
      name: 'TextOverflow',
      text: word,
    });
    await expect(renderText({ ...black, text: 'एक दो तीन', maxWidth: 90, maxHeight: 60 })).rejects.toThrow(
      TextOverflow,
    );
    await expect(
      fitText({ ...black, text: word, maxWidth: 600, minSizePx: 24, maxSizePx: 90 }),
    ).rejects.toThrow(TextOverflow);
  });

  it('is drawn in the largest size that fits', async () => {
    const wish = { ...black, text: 'संदर्भ से बाहर', maxWidth: 500, maxHeight: 120, oneLine: true };
    const { sizePx, width, height } = await fitText({ ...wish, minSizePx: 10, maxSizePx: 200 });

    expect(width).toBeLessThanOrEqual(500);
    expect(height).toBeLessThanOrEqual(120);
    await expect(renderText({ ...wish, sizePx: sizePx + 1 })).rejects.toThrow(TextOverflow);
  });

  it('with characters the font lacks is refused, naming them, rather than drawn as boxes', async () => {
    await expect(renderText({ ...black, text: 'नमस्ते 😀 中' })).rejects.toMatchObject({
      name: 'UndrawableText',
      characters: ['😀', '中'],
    });
    await expect(renderText({ ...black, text: ' \u200d ' })).rejects.toThrow(UndrawableText);
    expect(missingCharacters('हिन्दी English ₹ — “”…·१२३')).toEqual([]);
  });
});
