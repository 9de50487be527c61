import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import sharp from 'sharp';
import { fontFamily, fontFile } from '../../pipeline/fonts/bundled-fonts.js';

const run = promisify(execFile);

/** A picture as it comes back from a messenger: smaller, and compressed hard. */
export function forwardedPicture(content: Buffer, quality = 40): Promise<Buffer> {
  return sharp(content).autoOrient().resize(800, 800, { fit: 'inside' }).jpeg({ quality }).toBuffer();
}

/** The picture without these shares of its edges. */
export async function croppedPicture(
  content: Buffer,
  { left = 0, top = 0, right = 0, bottom = 0 }: Partial<Record<'left' | 'top' | 'right' | 'bottom', number>>,
): Promise<Buffer> {
  const upright = await sharp(content).autoOrient().toBuffer({ resolveWithObject: true });
  const { width, height } = upright.info;
  return sharp(upright.data)
    .extract({
      left: Math.round(left * width),
      top: Math.round(top * height),
      width: Math.floor(width * (1 - left - right)),
      height: Math.floor(height * (1 - top - bottom)),
    })
    .jpeg({ quality: 60 })
    .toBuffer();
}

export interface Bar {
  /** Share of the picture's height. */
  share: number;
  where: 'top' | 'bottom';
  /** Drawn over the picture instead of beside it. */
  over?: boolean;
  colour?: string;
  words?: string;
}

/** The picture with a caption above, below or over it. */
export async function captionedPicture(
  content: Buffer,
  { share, where, over = false, colour = '#ffffff', words = 'Shocking: forward this' }: Bar,
): Promise<Buffer> {
  const upright = await sharp(content).autoOrient().toBuffer({ resolveWithObject: true });
  const { width, height } = upright.info;
  const bar = Math.round(height * share);
  const ink = colour === '#ffffff' ? '#111111' : '#ffffff';
  const font = { font: fontFamily, fontfile: fontFile(400) };
  const text = { text: `<span foreground="${ink}">${words}</span>`, rgba: true, ...font };
  const letters = await sharp({
    text: { ...text, width: Math.round(width * 0.9), height: Math.max(8, Math.round(bar * 0.6)) },
  })
    .png()
    .toBuffer();
  const caption = await sharp({ create: { width, height: bar, channels: 3, background: colour } })
    .composite([{ input: letters, gravity: 'centre' }])
    .png()
    .toBuffer();
  const ground = over
    ? upright.data
    : await sharp(upright.data)
        .extend({ [where]: bar, background: colour })
        .toBuffer();
  return sharp(ground)
    .composite([{ input: caption, gravity: where === 'top' ? 'north' : 'south' }])
    .jpeg({ quality: 60 })
    .toBuffer();
}

/** What ffmpeg makes of a file; `arguments` stand between input and output. */
export async function converted(
  content: Buffer,
  { from, to, before = [], after = [] }: { from: string; to: string; before?: string[]; after?: string[] },
): Promise<Buffer> {
  const folder = await mkdtemp(path.join(tmpdir(), 'tathya-forwarded-'));
  try {
    const [input, output] = [path.join(folder, `in.${from}`), path.join(folder, `out.${to}`)];
    await writeFile(input, content);
    await run('ffmpeg', ['-v', 'error', '-nostdin', '-y', ...before, '-i', input, ...after, output]);
    return await readFile(output);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** A sound as a voice note: Opus at 16 kbit/s, from `from` on for `seconds`. */
export function voiceNote(
  content: Buffer,
  { format, from = 0, seconds }: { format: string; from?: number; seconds?: number },
): Promise<Buffer> {
  const cut = [
    ...(from > 0 ? ['-ss', String(from)] : []),
    ...(seconds === undefined ? [] : ['-t', String(seconds)]),
  ];
  const voice = ['-vn', '-ac', '1', '-ar', '48000', '-c:a', 'libopus', '-b:a', '16k', '-application', 'voip'];
  return converted(content, { from: format, to: 'ogg', after: [...cut, ...voice] });
}
