import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { eventually } from '../helpers/eventually.js';
import { picture } from '../helpers/media.js';
import { noisyFilm } from '../helpers/noisy-film.js';
import { encodersIn, mediaProgramsIn } from '../helpers/program.js';
import { createTortureHouse, patient, type TortureHouse } from './torture-house.js';

const run = promisify(execFile);

/** Only root may make a small disk. */
describe.runIf(process.platform === 'linux' && process.getuid?.() === 0)('a disk that is full', () => {
  let disk: string;
  let house: TortureHouse;
  beforeEach(async () => {
    disk = await mkdtemp(path.join(tmpdir(), 'tathya-test-disk-'));
    // Uploads leave 1 GB of a disk free.
    await run('mount', ['-t', 'tmpfs', '-o', 'size=1200m', 'tmpfs', disk]);
    house = await createTortureHouse('PostgreSQL', { dataDir: disk });
  });
  afterEach(async () => {
    await house.close();
    await run('umount', ['--lazy', disk]);
    await rm(disk, { recursive: true, force: true });
  });

  it('in the middle of a transcode fails that rendition in words, keeps the worker, and is forgotten once there is room', async () => {
    const worker = await house.startWorker();
    const film = await house.ready(await noisyFilm({ seconds: 20, size: '1280x720' }), 'film.mp4');
    await house.render(film, ['youtube_video']);
    await eventually(async () => (await encodersIn(disk)).length > 0, patient);
    // Everything that is left, and again what frees itself, until the job has given up.
    const ballast = path.join(disk, 'ballast');
    const fill = () => run('sh', ['-c', `cat /dev/zero >> "$1" || true`, 'sh', ballast]);
    const rendition = await eventually(async () => {
      await fill();
      const { renditions } = await house.read(film);
      return renditions[0]?.state === 'failed' && renditions[0];
    }, patient);
    expect(rendition.failure).toMatchObject({ code: 'disk_full', retryable: true });
    expect(worker.child.exitCode).toBeNull();
    await eventually(async () => (await mediaProgramsIn(disk)).length === 0, patient);

    await writeFile(ballast, '');
    await rm(ballast);
    const poster = await house.ready(await picture({ width: 640, height: 480 }), 'poster.jpg');
    await house.render(poster, ['x_image']);
    expect((await house.designer.call('renditions.retry', { params: { id: rendition.id } })).status).toBe(
      200,
    );
    await house.allReady([film, poster]);
    await house.allIsWell();
  });
});
