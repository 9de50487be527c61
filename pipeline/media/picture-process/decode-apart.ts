import { randomUUID } from 'node:crypto';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Size } from '../../../server/contract/framing.js';
import { MediaFailure } from '../media-failure.js';
import type { PictureSource } from '../probe-image.js';
import type { ProbeInput } from '../probed.js';
import type { RawPicture } from '../raw-picture.js';
import { runTask } from './run-task.js';

/** Decodes a picture of others in a process of its own and gives its pixels, brought to `size`. Throws MediaFailure. */
export async function decodeApart(
  input: ProbeInput,
  { source, size }: { source?: PictureSource; size: Size },
): Promise<RawPicture> {
  const { path, workDir, limits } = input;
  const file = join(workDir, `decoded-${randomUUID()}.raw`);
  const from = source && { type: source.type, image: source.image };
  try {
    const picture = await runTask(input, 'decode', {
      path,
      size,
      limits,
      file,
      ...(from && { source: from }),
    });
    const data = await readFile(file);
    if (data.length !== picture.width * picture.height * picture.channels) throw new MediaFailure('damaged');
    return { ...picture, data };
  } finally {
    await rm(file, { force: true });
  }
}
