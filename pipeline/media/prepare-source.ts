import type { ProbeInput } from './probe.js';
import { probeImage } from './probe-image.js';
import { sniffFile } from './sniff.js';
import { unpackWebp } from './unpack-webp.js';

/**
 * Gives the file that probe and renderers read: the source itself, or a lossless copy in the work
 * directory of what they cannot read, a moving WebP. Throws MediaFailure.
 */
export async function prepareSource<T extends ProbeInput>(input: T): Promise<T> {
  const type = await sniffFile(input.path);
  if (type.mime !== 'image/webp') return input;
  const { frames } = await probeImage({ path: input.path, type, limits: input.limits });
  return frames > 1 ? { ...input, path: await unpackWebp(input) } : input;
}
