import sharp, { type Sharp } from 'sharp';
import {
  captionedPicture,
  converted,
  croppedPicture,
  forwardedPicture,
  voiceNote,
} from '../helpers/forwarded.js';
import type { Dice } from './media-pictures.js';

export interface Copy {
  kind: string;
  copy: Buffer;
}

/** What happens to pictures on their way from phone to phone; the first is a plain recompression. */
export async function pictureCopies(content: Buffer, roll: Dice): Promise<Copy[]> {
  const upright = await sharp(content).autoOrient().png({ compressionLevel: 1 }).toBuffer();
  const jpeg = (image: Sharp, quality = 55) => image.jpeg({ quality }).toBuffer();
  /** Up to a tenth of the width and of the height, from either side. */
  const crop = async () => {
    const [across, down] = [roll() * 0.1, roll() * 0.1];
    const [left, top] = [across * roll(), down * roll()];
    return croppedPicture(upright, { left, right: across - left, top, bottom: down - top });
  };
  const [dark, light] = ['#101418', '#ffffff'];
  const border = { top: 40, bottom: 40, left: 40, right: 40, background: dark };
  return [
    { kind: 'recompressed', copy: await forwardedPicture(upright, 30 + Math.floor(roll() * 31)) },
    { kind: 'recompressed', copy: await forwardedPicture(await forwardedPicture(upright, 50), 40) },
    { kind: 'resized', copy: await jpeg(sharp(upright).resize(360, 360, { fit: 'inside' })) },
    { kind: 'cropped', copy: await crop() },
    { kind: 'cropped', copy: await crop() },
    { kind: 'cropped', copy: await crop() },
    { kind: 'bordered', copy: await jpeg(sharp(upright).extend(border)) },
    { kind: 'captioned', copy: await captionedPicture(upright, { share: 0.18, where: 'bottom' }) },
    { kind: 'captioned', copy: await captionedPicture(upright, { share: 0.14, where: 'top', colour: dark }) },
    {
      kind: 'caption-over',
      copy: await captionedPicture(upright, { share: 0.12, where: 'bottom', over: true, colour: light }),
    },
    { kind: 'brightened', copy: await jpeg(sharp(upright).linear(1.1, 6)) },
    { kind: 'mirrored', copy: await jpeg(sharp(upright).flop()) },
  ];
}

/** What happens to sounds: Opus at 16 kbit/s, cuts, another loudness, noise. */
export async function soundCopies(content: Buffer, format: string): Promise<Copy[]> {
  const opus = await voiceNote(content, { format });
  const through = (filter: string) =>
    converted(content, {
      from: format,
      to: 'ogg',
      after: ['-vn', '-ac', '1', '-ar', '48000', '-af', filter, '-c:a', 'libopus', '-b:a', '24k'],
    });
  return [
    { kind: 'opus16', copy: opus },
    { kind: 'cut', copy: await voiceNote(opus, { format: 'ogg', from: 0.93, seconds: 5 }) },
    { kind: 'quiet', copy: await through('volume=-14dB') },
    { kind: 'noisy', copy: await through("aeval='val(0)+0.01*(random(0)-0.5)':c=same") },
  ];
}
