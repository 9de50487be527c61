import { createHash, randomBytes } from 'node:crypto';
import { access, readFile, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { FileAge, FileStore } from '../../pipeline/files/file-store.js';

export interface StoreUnderTest {
  store: FileStore;
  close(): Promise<void>;
}

const sha256 = (content: Buffer) => createHash('sha256').update(content).digest('hex');
const absent = sha256(Buffer.from('never stored'));

/** What every file store promises, run against a real one. */
export function fileStoreContract(name: string, make: () => Promise<StoreUnderTest>): void {
  describe(`${name}, as a file store`, { timeout: 20_000 }, () => {
    let under: StoreUnderTest;
    let store: FileStore;
    beforeEach(async () => {
      under = await make();
      store = under.store;
    });
    afterEach(() => under.close());

    async function temporary(content: Buffer): Promise<string> {
      const file = path.join(await store.workDirectory(`t-${randomBytes(6).toString('hex')}`), 'made.bin');
      await writeFile(file, content);
      return file;
    }
    const listed = async (age?: FileAge) => {
      const names: string[] = [];
      for await (const entry of store.list(age)) names.push(entry);
      return names.sort();
    };

    test('an adopted file is under the hash of its content, whole, and its temporary path is gone', async () => {
      const content = randomBytes(300_000);
      const temp = await temporary(content);
      const file = await store.adopt(temp);
      expect(file).toEqual({ sha256: sha256(content), size: content.length });
      await expect(access(temp)).rejects.toThrow(/ENOENT/);
      expect(await store.stat(file.sha256)).toEqual(file);
      expect(await buffer(await store.openRange(file.sha256))).toEqual(content);
    });

    test('the same content adopted twice, even at once, is one file', async () => {
      const content = randomBytes(50_000);
      const temps = await Promise.all(Array.from({ length: 8 }, () => temporary(content)));
      const files = await Promise.all(temps.map((temp) => store.adopt(temp)));
      expect(new Set(files.map((file) => file.sha256)).size).toBe(1);
      expect(await listed()).toEqual([sha256(content)]);
      expect(await buffer(await store.openRange(sha256(content)))).toEqual(content);
    });

    test('a range is those bytes and no others, ends included', async () => {
      const content = randomBytes(10_000);
      const file = await store.adopt(await temporary(content));
      for (const [start, end] of [
        [0, 0],
        [1, 99],
        [9_990, 9_999],
        [0, 9_999],
      ] as const) {
        expect(await buffer(await store.openRange(file.sha256, { start, end }))).toEqual(
          content.subarray(start, end + 1),
        );
      }
      await expect(store.openRange(file.sha256, { start: 10_000, end: 10_001 })).rejects.toThrow(RangeError);
      await expect(store.openRange(file.sha256, { start: 5, end: 4 })).rejects.toThrow(RangeError);
    });

    test('an absent file is said to be absent before anything is sent', async () => {
      expect(await store.stat(absent)).toBeNull();
      await expect(store.openRange(absent)).rejects.toMatchObject({ code: 'not_found' });
      await expect(store.withLocal(absent, async () => 'used')).rejects.toMatchObject({ code: 'not_found' });
      await store.remove(absent);
    });

    test('a program can be given a path of the file', async () => {
      const content = randomBytes(1_000);
      const file = await store.adopt(await temporary(content));
      expect(await store.withLocal(file.sha256, (local) => readFile(local))).toEqual(content);
    });

    test('a removed file is gone and the others stay', async () => {
      const kept = await store.adopt(await temporary(randomBytes(10)));
      const removed = await store.adopt(await temporary(randomBytes(10)));
      expect(await store.remove(removed.sha256)).toBe(true);
      expect(await store.stat(removed.sha256)).toBeNull();
      expect(await listed()).toEqual([kept.sha256]);
      expect(await store.remove(removed.sha256)).toBe(false);
    });

    test('what was adopted lately is neither listed nor removed by those who ask for older files', async () => {
      const content = randomBytes(10);
      const temp = await temporary(content);
      // How old the temporary file is means nothing: it may have taken hours to come.
      await utimes(temp, new Date(0), new Date(0));
      const { sha256: name } = await store.adopt(temp);
      const hour = { olderThanMs: 3_600_000 };
      expect(await listed(hour)).toEqual([]);
      expect(await store.remove(name, hour)).toBe(false);
      expect(await listed({ olderThanMs: 0 })).toEqual([name]);
      expect(await store.remove(name, { olderThanMs: 0 })).toBe(true);
      expect(await listed()).toEqual([]);
      expect(await store.remove(name, { olderThanMs: 0 })).toBe(false);
    });

    test('unfinished work is never listed as a file', async () => {
      await temporary(randomBytes(10));
      expect(await listed()).toEqual([]);
    });

    test('a work directory is empty each time it is made, listed while it exists, and gone when removed', async () => {
      const first = await store.workDirectory('run-1');
      await writeFile(path.join(first, 'old'), 'old');
      const again = await store.workDirectory('run-1');
      expect(again).toBe(first);
      await expect(access(path.join(again, 'old'))).rejects.toThrow(/ENOENT/);
      expect(await store.listWork()).toEqual(['run-1']);
      await store.removeWork('run-1');
      expect(await store.listWork()).toEqual([]);
      await store.removeWork('run-1');
    });

    test('names that could lead elsewhere are refused', async () => {
      for (const name of ['../out', 'a/b', '.', '..', '', '.hidden', 'a\0b', 'x'.repeat(200)]) {
        await expect(store.workDirectory(name)).rejects.toMatchObject({ code: 'invalid_name' });
        await expect(store.removeWork(name)).rejects.toMatchObject({ code: 'invalid_name' });
      }
      for (const address of ['', '../../etc/passwd', 'A'.repeat(64), `${absent}/x`, absent.slice(1)]) {
        await expect(store.stat(address)).rejects.toMatchObject({ code: 'invalid_name' });
        await expect(store.openRange(address)).rejects.toMatchObject({ code: 'invalid_name' });
        await expect(store.remove(address)).rejects.toMatchObject({ code: 'invalid_name' });
      }
    });
  });
}
