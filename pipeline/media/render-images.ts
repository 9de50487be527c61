import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import type { Size } from '../../server/contract/framing.js';
import { encodePicture, type Opening } from './encode-image.js';
import type { MediaLimits } from './limits.js';
import { type MediaFailure, toMediaFailure } from './media-failure.js';
import { layOver } from './overlay/lay-over.js';
import type { PlannedImage } from './plan.js';
import type { PictureSource } from './probe-image.js';
import { decodePicture, openRaw, type RawPicture, toRaw } from './raw-picture.js';

/** The wide, soft copy of the picture that fills the frame behind it. */
async function blurredGround(base: RawPicture, target: Size): Promise<RawPicture> {
  const small = { width: Math.ceil(target.width / 8), height: Math.ceil(target.height / 8) };
  const soft = await toRaw(
    openRaw(base).resize(small.width, small.height, { fit: 'cover' }).removeAlpha().blur(6).linear(0.75, 0),
  );
  return toRaw(openRaw(soft).resize(target.width, target.height, { fit: 'fill', kernel: 'cubic' }));
}

/** Brings the base picture into one frame, with what is drawn over it. */
async function composePicture(base: RawPicture, output: PlannedImage): Promise<Opening> {
  const { crop, inner, target, ground } = output.layout;
  const shown = () =>
    openRaw(base)
      .extract({ left: crop.x, top: crop.y, width: crop.width, height: crop.height })
      .resize(inner.width, inner.height, { fit: 'fill' })
      .flatten({ background: output.background });
  // Straight from the base into the encoder where nothing comes between.
  if (ground === 'none' && output.overlays.length === 0) return shown;
  let framed = await toRaw(shown());
  if (ground !== 'none') {
    const { data, width, height, channels } = framed;
    const back =
      ground === 'blur'
        ? openRaw(await blurredGround(base, target))
        : sharp({ create: { ...target, channels: 3, background: output.background } });
    framed = await toRaw(
      back
        .composite([{ input: data, raw: { width, height, channels }, left: inner.x, top: inner.y }])
        .removeAlpha(),
    );
  }
  const finished = await layOver(framed, output);
  return () => openRaw(finished);
}

/** Name of one made picture in the work directory. */
export function imageName(index: number, { settings }: Pick<PlannedImage, 'settings'>): string {
  return `image-${index}.${settings.codec}`;
}

/**
 * Makes every picture from one decode of the source and gives, in their order, why one could not be made. A damaged
 * source fails all of them by rejecting; an output that cannot be made fails alone. `done` is called after each.
 */
export async function renderImages({
  path,
  source,
  workDir,
  base,
  outputs,
  limits,
  done,
}: {
  path: string;
  source: PictureSource;
  workDir: string;
  base: Size;
  outputs: readonly PlannedImage[];
  limits: MediaLimits;
  done?: () => void;
}): Promise<(MediaFailure | null)[]> {
  const picture = await decodePicture({ path, source, size: base, limits });
  const failures: (MediaFailure | null)[] = [];
  for (const [index, output] of outputs.entries()) {
    try {
      const open = await composePicture(picture, output);
      await writeFile(join(workDir, imageName(index, output)), await encodePicture(open, output));
      failures.push(null);
    } catch (error) {
      failures.push(toMediaFailure(error));
    }
    done?.();
  }
  return failures;
}
