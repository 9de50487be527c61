import sharp, { type OverlayOptions } from 'sharp';
import type { Box, Size } from '../../server/contract/framing.js';
import { coveredZone } from '../../server/contract/overlay-layout.js';
import { inkOn, placeVoice, voiceLineHeight } from '../../server/contract/voice-layout.js';
import { frameOf } from './overlay/frame-of.js';
import type { PlannedVoice } from './plan.js';
import { fitText } from './text/render-text.js';

/** The still picture of a sound and where its wave lies, along which a line moves. */
export interface VoicePicture {
  png: Buffer;
  wave: Box;
  /** `#rrggbb` of title and line: readable on the ground. */
  ink: string;
}

/** Size the wave is drawn in once, larger than any frame needs. */
export const waveSize: Size = { width: 1600, height: 400 };

/**
 * Draws title and wave inside the free part of the frame. `wavePath` is a white wave on nothing, as
 * ffmpeg draws it. Throws what `fitText` throws for a title.
 */
export async function drawVoicePicture(voice: PlannedVoice, wavePath: string): Promise<VoicePicture> {
  const { title, background, overlays } = voice;
  const { target } = voice.layout;
  const safeZone = coveredZone(frameOf(voice), overlays);
  const ink = inkOn(background);
  const { wave, title: place } = placeVoice({ target, safeZone, hasTitle: title !== null });
  const shape = await sharp(wavePath)
    .resize(wave.width, wave.height, { fit: 'fill' })
    .extractChannel('alpha')
    .raw()
    .toBuffer();
  const colour = {
    create: { width: wave.width, height: wave.height, channels: 3 as const, background: ink },
  };
  const drawn = await sharp(colour)
    .joinChannel(shape, { raw: { width: wave.width, height: wave.height, channels: 1 } })
    .png()
    .toBuffer();
  const layers: OverlayOptions[] = [{ input: drawn, left: wave.x, top: wave.y }];
  if (title !== null && place) {
    const { box, minSizePx, maxSizePx } = place;
    const text = await fitText({
      ...{ text: title, weight: 700, color: ink, align: 'center', lineHeight: voiceLineHeight },
      ...{ maxWidth: box.width, maxHeight: box.height, minSizePx, maxSizePx },
    });
    layers.push({
      input: text.png,
      left: Math.round(box.x + (box.width - text.width) / 2),
      top: Math.round(box.y + (box.height - text.height) / 2),
    });
  }
  const png = await sharp({ create: { ...target, channels: 3, background } })
    .composite(layers)
    .png({ compressionLevel: 1 })
    .toBuffer();
  return { png, wave, ink };
}
