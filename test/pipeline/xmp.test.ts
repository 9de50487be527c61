import { readFile } from 'node:fs/promises';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hardenSharp } from '../../pipeline/media/harden-sharp.js';
import { xmpPacket } from '../../pipeline/media/xmp.js';
import type { Credit } from '../../server/contract/recipe.js';
import { clip, fixture, type MediaBench, made, openMediaBench } from '../helpers/media-files.js';

let bench: MediaBench;
beforeAll(async () => {
  hardenSharp({ concurrency: 2 });
  bench = await openMediaBench();
});
afterAll(() => bench.close());

const credit: Credit = {
  organisation: 'परीक्षण <मंच> & Co',
  creator: 'Photo "Desk"',
  rights: "CC BY 4.0 ]]> & 'more'",
  source: 'compositeWithTrainedAlgorithmicMedia',
};

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };

/**
 * Reads XML strictly: every element closed in its turn, no stray sign. Gives the texts by the element they stand in;
 * a list's items by the list's own name.
 */
function readXml(xml: string): Record<string, string> {
  const found: Record<string, string> = {};
  const open: string[] = [];
  const body = xml
    .replace(/^<\?xpacket begin="\ufeff" id="[^"]+"\?>\n/, '')
    .replace(/\n<\?xpacket end="w"\?>$/, '');
  for (const [, tag, text] of body.matchAll(/<([^<>]*)>|([^<>]+)/g)) {
    if (tag !== undefined) {
      const [, closing, name = ''] = /^(\/?)([A-Za-z0-9:]+)(?:\s[A-Za-z0-9:]+="[^"<&]*")*$/.exec(tag) ?? [];
      if (name === '') throw new Error(`not well formed: <${tag}>`);
      if (closing !== '/') open.push(name);
      else if (open.pop() !== name) throw new Error(`${name} closes what it did not open`);
    } else if (text !== undefined && text.trim() !== '') {
      if (/&(?!(amp|lt|gt|quot|#39);)/.test(text)) throw new Error(`a bare sign in ${text}`);
      const own = open.filter((name) => !name.startsWith('rdf:')).at(-1) ?? '';
      found[own] = text.replace(/&([^;]+);/g, (_, name: string) => entities[name] ?? '?');
    }
  }
  if (open.length > 0) throw new Error(`${open.join()} stay open`);
  return found;
}

describe('what a picture says of itself', () => {
  it('is well-formed XML whatever people typed, and says who issued it and how it came to be', () => {
    expect(readXml(xmpPacket(credit))).toEqual({
      'dc:creator': 'Photo "Desk"',
      'dc:publisher': 'परीक्षण <मंच> & Co',
      'dc:rights': "CC BY 4.0 ]]> & 'more'",
      'photoshop:Credit': 'Photo "Desk" / परीक्षण <मंच> & Co',
      'Iptc4xmpExt:DigitalSourceType':
        'http://cv.iptc.org/newscodes/digitalsourcetype/compositeWithTrainedAlgorithmicMedia',
    });
  });

  it('leaves out what nobody said and what XML cannot carry', () => {
    const packet = xmpPacket({
      organisation: 'मंच\u0000\u000b\ud800\ufffe',
      creator: '  ',
      rights: '',
      source: null,
    });
    expect(readXml(packet)).toEqual({ 'dc:creator': 'मंच', 'dc:publisher': 'मंच', 'photoshop:Credit': 'मंच' });
  });

  it('stands in JPEG, PNG and TIFF, while place and camera of the source do not', async () => {
    const codes = [
      'feed_image_1x1',
      ...[...bench.formats.values()]
        .filter(({ container, kind }) => kind === 'image' && container !== 'jpeg')
        .map(({ code }) => code),
    ];
    const outcomes = await bench.render(
      fixture('landscape-exif-6.jpg'),
      codes.map((code) => bench.wanted(code, { credit })),
    );
    const packet = Buffer.from(xmpPacket(credit));
    const containers = new Set<string>();
    for (const code of codes) {
      const { path } = made(outcomes, code);
      const { container } = bench.format(code);
      containers.add(container);
      const bytes = await readFile(path);
      if (container === 'tiff') expect(bytes.includes(packet)).toBe(true);
      else {
        const found = await sharp(bytes).metadata();
        expect(found.xmp?.equals(packet), code).toBe(true);
        expect([found.iptc, found.icc]).toEqual([undefined, undefined]);
        if (container === 'jpeg') {
          expect(found.exif).toBeUndefined();
          expect(bytes.includes(packet)).toBe(true);
        }
      }
    }
    expect([...containers].sort()).toEqual(['jpeg', 'png', 'tiff']);
  }, 60_000);

  it('makes another file of another credit, and none when there is none', async () => {
    const wanted = (key: string, given: Credit | null) => ({
      ...bench.wanted('feed_image_1x1', { credit: given }),
      key,
    });
    const outcomes = await bench.render(fixture('landscape-exif-6.jpg'), [
      wanted('one', credit),
      wanted('other', { ...credit, rights: 'None' }),
      wanted('none', null),
    ]);
    const read = async (key: string) => (await sharp(made(outcomes, key).path).metadata()).xmp?.toString();
    expect(await read('one')).toContain('CC BY 4.0');
    expect(await read('other')).toContain('None');
    expect(await read('none')).toBeUndefined();
  });

  it('stands behind everything else of a film, of a sound shown as a film too', async () => {
    const film = await bench.make('film.mp4', clip({ seconds: 1 }));
    const sound = await bench.make('sound.wav', ['-f', 'lavfi', '-i', 'sine=frequency=440:duration=4']);
    const code = 'whatsapp_status_video';
    const wanted = [bench.wanted(code, { credit })];
    for (const outcomes of [await bench.render(film, wanted), await bench.render(sound, wanted)]) {
      const bytes = await readFile(made(outcomes, code).path);
      const packet = Buffer.from(xmpPacket(credit));
      // Size, type and the number the specification gives to XMP in a box of its own.
      const head = Buffer.alloc(4);
      head.writeUInt32BE(24 + packet.length);
      const id = Buffer.from('be7acfcb97a942e89c71999491e3afac', 'hex');
      const box = Buffer.concat([head, Buffer.from('uuid'), id, packet]);
      expect(bytes.subarray(-box.length).equals(box)).toBe(true);
    }
  }, 60_000);
});
