import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { refuseExifLoops } from '../../pipeline/media/exif-cost.js';
import { refuseArchives, refuseSecondContent } from '../../pipeline/media/second-content.js';
import { exifCircles, zipEnd } from '../helpers/attack-files.js';
import { fixture } from '../helpers/media-files.js';

/** Of processor time, in the microseconds Node counts it in. */
const second = 1_000_000;

describe('camera data', () => {
  it.each(['landscape-exif-1.jpg', 'landscape-exif-6.jpg', 'portrait-exif-6.jpg'])(
    'of a real photograph (%s) is let through',
    async (name) => {
      const bytes = await readFile(fixture(name));
      expect(() => refuseExifLoops(bytes)).not.toThrow();
    },
  );

  it('that links in circles is refused at once, wherever it lies', () => {
    const start = process.cpuUsage();
    for (const entries of [8, 100, 5000]) {
      expect(() => refuseExifLoops(Buffer.concat([Buffer.alloc(77), exifCircles(entries)]))).toThrow(
        'damaged',
      );
    }
    expect(process.cpuUsage(start).user).toBeLessThan(second);
  });

  it('that is one honest list named a million times is refused at once', () => {
    const marks = 1_000_000;
    const entries = 3000;
    const bytes = Buffer.alloc(marks * 8 + 2 + entries * 12);
    for (let mark = 0; mark < marks; mark += 1) {
      bytes.write('II*\0', mark * 8, 'latin1');
      bytes.writeUInt32LE((marks - mark) * 8, mark * 8 + 4);
    }
    bytes.writeUInt16LE(entries, marks * 8);
    const start = process.cpuUsage();

    expect(() => refuseExifLoops(bytes)).toThrow('damaged');
    expect(process.cpuUsage(start).user).toBeLessThan(5 * second);
  });

  it('that only links once costs nothing, however often its mark appears', () => {
    const marks = Buffer.alloc(400_000, 'II*\0', 'latin1');
    expect(() => refuseExifLoops(marks)).not.toThrow();
  });
});

describe('a second content', () => {
  const picture = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff]), Buffer.alloc(2000, 7)]);

  function check(tail: Buffer, head: Buffer = picture, isDocument = false): () => void {
    const fileBytes = head.length + tail.length;
    return () => refuseSecondContent({ head, tail, fileBytes, isDocument });
  }

  it('is found as ZIP, archive, page, program or PDF', () => {
    const text = (content: string): Buffer => Buffer.concat([picture, Buffer.from(content, 'latin1')]);
    expect(check(Buffer.concat([picture, zipEnd(), Buffer.from('more')]))).toThrow('type_mismatch');
    expect(() => refuseArchives(text('Rar!\u001a\u0007\u0001'))).toThrow('type_mismatch');
    expect(() => refuseArchives(text('7z\u00bc\u00af\u0027\u001c'))).toThrow('type_mismatch');
    expect(check(text('<HTML ><body>'))).toThrow('type_mismatch');
    expect(check(text('<?php system($_GET[0]);'))).toThrow('type_mismatch');
    expect(check(picture, Buffer.from('GIF89a/*\0\0*/=1;alert(1)', 'latin1'))).toThrow('type_mismatch');
    expect(check(picture, Buffer.from('\u00ff\u00d8\u00ff%PDF-1.7', 'latin1'))).toThrow('type_mismatch');
  });

  it('is not seen in honest files: chance marks, metadata, widths, documents about pages', () => {
    const alone = Buffer.from('PK\u0005\u0006 by chance in the middle of something else', 'latin1');
    expect(check(Buffer.concat([picture, alone]))).not.toThrow();
    expect(check(Buffer.from('<?xpacket begin=""?><x:xmpmeta><rdf:RDF/></x:xmpmeta>'))).not.toThrow();
    expect(check(picture, Buffer.from('GIF89a=\u0001\u0090\u0000', 'latin1'))).not.toThrow();
    const paper = Buffer.from(`%PDF-1.7\n${' '.repeat(2000)}The <script> element`, 'latin1');
    expect(check(paper, paper, true)).not.toThrow();
    expect(check(paper, Buffer.from('%PDF-1.7\n<html><script>'), true)).toThrow('type_mismatch');
  });
});
