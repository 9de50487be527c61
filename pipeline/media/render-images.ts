import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import type { Size } from '../../server/contract/framing.js';
import { encodePicture } from './encode-image.js';
import type { MediaLimits } from './limits.js';
import { MediaFailure, toMediaFailure } from './media-failure.js';
import { layOver } from './overlay/lay-over.js';
import type { PlannedImage } from './plan.js';
import type { Probe } from './probe.js';
import { decodePicture, openRaw, type RawPicture, toRaw } from './raw-picture.js';

/** The wide, soft copy of the picture that fills the frame behind it. */
async function blurredGround(base: RawPicture, target: Size): Promise<RawPicture> {
  const small = { width: Math.ceil(target.width / 8), height: Math.ceil(target.height / 8) };
  const soft = await toRaw(
    openRaw(base).resize(small.width, small.height, { fit: 'cover' }).removeAlpha().blur(6).linear(0.75, 0),
  );
  return toRaw(openRaw(soft).resize(target.width, target.height, { fit: 'fill', kernel: 'cubic' }));
}

/** Brings the base picture into one frame: pixels ready to be encoded. */
export async function composePicture(base: RawPicture, output: PlannedImage): Promise<RawPicture> {
  const { crop, inner, target, ground } = output.layout;
  const shown = openRaw(base)
    .extract({ left: crop.x, top: crop.y, width: crop.width, height: crop.height })
    .resize(inner.width, inner.height, { fit: 'fill' })
    .flatten({ background: output.background });
  if (ground === 'none') return toRaw(shown);
  const front = await toRaw(shown);
  const { data, width, height, channels } = front;
  const back =
    ground === 'blur'
      ? openRaw(await blurredGround(base, target))
      : sharp({ create: { ...target, channels: 3, background: output.background } });
  return toRaw(
    back
      .composite([{ input: data, raw: { width, height, channels }, left: inner.x, top: inner.y }])
      .removeAlpha(),
  );
}

export interface RenderedFile<T> {
  output: T;
  result: { ok: true; path: string } | { ok: false; failure: MediaFailure };
}

/**
 * Makes every picture from one decode of the source. A damaged source fails all of them by
 * rejecting; an output that cannot be made fails alone. `done` is called after each.
 */
export async function renderImages({
  path,
  probe,
  workDir,
  base,
  outputs,
  limits,
  signal,
  done,
}: {
  path: string;
  probe: Probe;
  workDir: string;
  base: Size;
  outputs: readonly PlannedImage[];
  limits: MediaLimits;
  signal?: AbortSignal | undefined;
  done?: () => void;
}): Promise<RenderedFile<PlannedImage>[]> {
  const picture = await decodePicture({ path, probe, size: base, limits });
  const files: RenderedFile<PlannedImage>[] = [];
  for (const [index, output] of outputs.entries()) {
    if (signal?.aborted) throw new MediaFailure('cancelled');
    const file = join(workDir, `image-${index}.${output.settings.codec}`);
    try {
      const finished = await layOver(await composePicture(picture, output), output);
      await writeFile(file, await encodePicture(finished, output));
      files.push({ output, result: { ok: true, path: file } });
    } catch (error) {
      files.push({ output, result: { ok: false, failure: toMediaFailure(error) } });
    }
    done?.();
  }
  return files;
}
