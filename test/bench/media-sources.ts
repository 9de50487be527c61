import { join } from 'node:path';
import sharp from 'sharp';
import { runFfmpeg } from './plain-videos.js';

/** Moving shapes, a fractal and noise: harder to encode than most footage. With a tone over pink noise. */
function film(size: string, inset: string, place: string, seconds: number): string[] {
  return [
    ...['-v', 'error', '-f', 'lavfi', '-i', `testsrc2=s=${size}:r=30:d=${seconds}`],
    ...['-f', 'lavfi', '-i', 'mandelbrot=s=480x270:r=30'],
    ...['-f', 'lavfi', '-i', `sine=f=440:d=${seconds}:r=48000`],
    ...['-f', 'lavfi', '-i', `anoisesrc=d=${seconds}:c=pink:a=0.3:r=48000:seed=1`],
    '-filter_complex',
    `[1]scale=${inset}[m];[0][m]overlay=${place}:shortest=1,noise=alls=14:allf=t:all_seed=1,format=yuv420p[v];` +
      '[2][3]amix=inputs=2,aformat=channel_layouts=stereo[a]',
    ...['-map', '[v]', '-map', '[a]', '-c:a', 'aac', '-b:a', '192k'],
  ];
}

export async function makeFilm(folder: string): Promise<string> {
  const file = join(folder, 'film-1080p.mp4');
  const codec = ['-c:v', 'libx264', '-preset', 'veryfast', '-b:v', '16600k', '-bf', '2'];
  await runFfmpeg([...film('1920x1080', '960:540', '480:270', 10), ...codec, file]);
  return file;
}

export async function makeLargeFilm(folder: string): Promise<string> {
  const file = join(folder, 'film-4k.mp4');
  // Held at what phones record at; left to itself the encoder goes far below it.
  const rate = 'bitrate=42000:vbv-maxrate=42000:vbv-bufsize=42000:strict-cbr=1:log-level=none';
  const codec = ['-c:v', 'libx265', '-preset', 'ultrafast', '-x265-params', rate];
  await runFfmpeg([...film('3840x2160', '1920:1080', '960:540', 5), ...codec, '-tag:v', 'hvc1', file]);
  return file;
}

/** A picture of 24 megapixels as JPEG and as PNG, and a small one of each to begin with. */
export async function makePictures(
  folder: string,
): Promise<Record<'jpeg' | 'png', { large: string; small: string }>> {
  const files = {
    jpeg: { large: join(folder, 'large.jpg'), small: join(folder, 'small.jpg') },
    png: { large: join(folder, 'large.png'), small: join(folder, 'small.png') },
  };
  // Grain as a camera leaves it: about 7 MB as JPEG; a PNG of that grain would be larger than any real one.
  const drawing = (grain: number): string =>
    `scale=6000:4000:flags=bicubic,noise=alls=${grain}:all_seed=1,format=rgb24`;
  const fractal = ['-v', 'error', '-f', 'lavfi', '-i', 'mandelbrot=s=1500x1000', '-frames:v', '1', '-vf'];
  const grainy = join(folder, 'grainy.png');
  await runFfmpeg([...fractal, drawing(16), grainy]);
  await sharp(grainy).jpeg({ quality: 90 }).toFile(files.jpeg.large);
  await runFfmpeg([...fractal, drawing(4), files.png.large]);
  for (const { small } of Object.values(files)) await sharp(files.png.large).resize(1800, 1200).toFile(small);
  return files;
}
