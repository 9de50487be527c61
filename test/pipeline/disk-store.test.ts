import { execFile, spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import {
  chmod,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openDiskStore } from '../../pipeline/files/disk-store.js';
import { fileStoreContract } from '../contracts/file-store.contract.js';
import { eventually } from '../helpers/eventually.js';

const run = promisify(execFile);
const adoptScript = fileURLToPath(new URL('./adopt-process.ts', import.meta.url));

fileStoreContract('the store on disk', async () => {
  const root = await mkdtemp(path.join(tmpdir(), 'tathya-store-'));
  return {
    store: await openDiskStore({ directory: path.join(root, 'store') }),
    close: () => rm(root, { recursive: true, force: true }),
  };
});

let root: string;
beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'tathya-disk-'));
});
afterEach(() => rm(root, { recursive: true, force: true }));

const sha256 = (content: Buffer) => createHash('sha256').update(content).digest('hex');
const placeOf = (directory: string, hash: string) =>
  path.join(directory, 'files', hash.slice(0, 2), hash.slice(2, 4), hash);

/** Every file below `files/`, by its path. */
async function stored(directory: string): Promise<string[]> {
  const entries = await readdir(path.join(directory, 'files'), { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
}

describe('the store on disk', { timeout: 30_000 }, () => {
  test('a new directory becomes a store and is opened again as one', async () => {
    const directory = path.join(root, 'new', 'store');
    await openDiskStore({ directory });
    await openDiskStore({ directory, expectFiles: true });
    expect(await readdir(directory)).toEqual(expect.arrayContaining(['.tathya-store', 'files', 'work']));
  });

  test('a fresh file system with its lost+found becomes a store', async () => {
    await mkdir(path.join(root, 'lost+found'));
    await openDiskStore({ directory: root });
  });

  test('a directory with something in it but no marker is refused in one line', async () => {
    const directory = path.join(root, 'store');
    await openDiskStore({ directory });
    await rm(path.join(directory, '.tathya-store'));
    const refused = openDiskStore({ directory });
    await expect(refused).rejects.toMatchObject({ code: 'unusable' });
    await expect(refused).rejects.toThrow(/^[^\n]*no marker file \.tathya-store: is its disk mounted\?$/);
  });

  test('an empty directory is refused when the database already names files', async () => {
    await expect(openDiskStore({ directory: path.join(root, 'mnt'), expectFiles: true })).rejects.toThrow(
      /is its disk mounted/,
    );
  });

  test('a directory that cannot be written is refused in one line', async () => {
    // A file where the directory should be stops even root.
    await writeFile(path.join(root, 'file'), '');
    await expect(openDiskStore({ directory: path.join(root, 'file', 'store') })).rejects.toMatchObject({
      code: 'unusable',
    });
    const directory = path.join(root, 'fixed');
    await openDiskStore({ directory });
    await chmod(root, 0o755);
    await chmod(directory, 0o555);
    // Root may write anywhere, so it becomes nobody for a moment.
    if (process.getuid?.() === 0) process.seteuid?.(65_534);
    try {
      await expect(openDiskStore({ directory })).rejects.toThrow(/cannot be written \(EACCES\)$/);
    } finally {
      if (process.getuid?.() === 0) process.seteuid?.(0);
    }
  });

  test('a stored file cannot be written to, and lies two directories deep', async () => {
    const store = await openDiskStore({ directory: root });
    const content = randomBytes(100);
    const temp = path.join(await store.workDirectory('w'), 'a');
    await writeFile(temp, content);
    await store.adopt(temp);
    const found = await stat(placeOf(root, sha256(content)));
    expect(found.mode & 0o777).toBe(0o440);
    expect(await stored(root)).toEqual([placeOf(root, sha256(content))]);
  });

  test('a file from another file system is brought over whole', async () => {
    const store = await openDiskStore({ directory: root });
    const elsewhere = await mkdtemp('/dev/shm/tathya-');
    try {
      const content = randomBytes(100_000);
      await writeFile(path.join(elsewhere, 'a'), content);
      const file = await store.adopt(path.join(elsewhere, 'a'));
      expect(file.sha256).toBe(sha256(content));
      expect(await readdir(elsewhere)).toEqual([]);
      expect(await readdir(path.join(root, 'work'))).toEqual([]);
    } finally {
      await rm(elsewhere, { recursive: true, force: true });
    }
  });

  test('a damaged file is healed when its content is adopted again', async () => {
    const store = await openDiskStore({ directory: root });
    const content = randomBytes(5_000);
    const work = await store.workDirectory('w');
    await writeFile(path.join(work, 'a'), content);
    const { sha256: hash } = await store.adopt(path.join(work, 'a'));
    await rm(placeOf(root, hash));
    await writeFile(placeOf(root, hash), 'rotten');
    await writeFile(path.join(work, 'b'), content);
    await store.adopt(path.join(work, 'b'));
    expect(await readFile(placeOf(root, hash))).toEqual(content);
  });

  test('an old file adopted again while it is being removed is never lost', async () => {
    const store = await openDiskStore({ directory: root });
    const content = randomBytes(500);
    const name = sha256(content);
    const folder = await store.workDirectory('new');
    const [old, young] = [path.join(folder, 'old'), path.join(folder, 'young')];
    await writeFile(old, content);
    await store.adopt(old);
    for (let round = 0; round < 100; round += 1) {
      await utimes(placeOf(root, name), new Date(0), new Date(0));
      await writeFile(young, content);
      // The step of an adoption that puts the file there, right behind the look at how old the other one is.
      const removing = store.remove(name, { olderThanMs: 3_600_000 });
      await rename(young, placeOf(root, name));
      await removing;
      expect(await store.stat(name)).toEqual({ sha256: name, size: 500 });
    }
    await store.removeWork('new');
    expect(await readdir(path.join(root, 'work'))).toEqual([]);
  });

  test('killed while it removed or copied, it puts that in order at its next start', async () => {
    const store = await openDiskStore({ directory: root });
    const work = path.join(root, 'work');
    await writeFile(path.join(await store.workDirectory('new'), 'a'), 'content');
    const { sha256: name } = await store.adopt(path.join(work, 'new', 'a'));
    await store.removeWork('new');
    await rename(placeOf(root, name), path.join(work, `.removing-${name}.1`));
    await writeFile(path.join(work, '.adopt-old'), 'half');
    await utimes(path.join(work, '.adopt-old'), new Date(0), new Date(0));
    await writeFile(path.join(work, '.adopt-now'), 'half');
    await openDiskStore({ directory: root });
    expect(await readFile(placeOf(root, name), 'utf8')).toBe('content');
    expect(await readdir(work)).toEqual(['.adopt-now']);
  });

  test('a missing temporary file is an error and leaves nothing', async () => {
    const store = await openDiskStore({ directory: root });
    await expect(store.adopt(path.join(root, 'work', 'nothing'))).rejects.toThrow(/ENOENT/);
    expect(await stored(root)).toEqual([]);
  });

  test.runIf(process.getuid?.() === 0 && process.platform === 'linux')(
    'a full disk is said to be full, leaves nothing behind, and the same file is taken once there is room',
    async () => {
      const mount = path.join(root, 'small');
      await mkdir(mount);
      await run('mount', ['-t', 'tmpfs', '-o', 'size=2m', 'tmpfs', mount]);
      try {
        const store = await openDiskStore({ directory: mount });
        const ballast = path.join(await store.workDirectory('ballast'), 'b');
        await writeFile(ballast, Buffer.alloc(1_500_000));
        const content = randomBytes(1_000_000);
        await writeFile(path.join(root, 'large'), content);
        await expect(store.adopt(path.join(root, 'large'))).rejects.toMatchObject({ code: 'storage_full' });
        expect(await stored(mount)).toEqual([]);
        expect(await readdir(path.join(mount, 'work'))).toEqual(['ballast']);
        await openDiskStore({ directory: mount });
        await store.removeWork('ballast');
        await writeFile(path.join(root, 'large'), content);
        expect((await store.adopt(path.join(root, 'large'))).sha256).toBe(sha256(content));
      } finally {
        await run('umount', [mount]);
      }
    },
  );

  test('killed with -9 at any moment of adopting, every file under an address is whole', async () => {
    await openDiskStore({ directory: root });
    for (let round = 0; round < 4; round += 1) {
      const child = spawn(process.execPath, ['--import', 'tsx', adoptScript, root], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      let adopted = 0;
      child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
        adopted += chunk.split('\n').length - 1;
      });
      // Each round dies a little further on, in the middle of one of many adoptions.
      await eventually(() => adopted > 3 * round, { everyMs: 1, timeoutMs: 20_000 });
      child.kill('SIGKILL');
      await eventually(() => child.signalCode !== null);
    }
    const files = await stored(root);
    expect(files.length).toBeGreaterThan(10);
    for (const file of files) expect(sha256(await readFile(file))).toBe(path.basename(file));
  });
});
