import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

/** Weights of Noto Sans Devanagari that text is drawn in. */
export type FontWeight = 400 | 600 | 700;

/** Draws Devanagari, Latin and the rupee sign. */
export const fontFamily = 'Noto Sans Devanagari';
/** The name libass knows the semi-bold TTF by. */
export const semiBoldFamily = 'Noto Sans Devanagari SemiBold';

/**
 * Fontconfig reads its settings from the file that `FONTCONFIG_FILE` names, once, before the first text.
 * A process that draws text names this one: without it the machine's hinting rules decide about pixels.
 */
export const fontSettings = fileURLToPath(new URL('./fonts.conf', import.meta.url));

const folders: Readonly<Record<FontWeight, string>> = {
  400: '400Regular',
  600: '600SemiBold',
  700: '700Bold',
};

/** Path of the TTF of one weight, from the package that carries it; no font of the machine is used. */
export function fontFile(weight: FontWeight): string {
  const folder = folders[weight];
  return createRequire(import.meta.url).resolve(
    `@expo-google-fonts/noto-sans-devanagari/${folder}/NotoSansDevanagari_${folder}.ttf`,
  );
}
