import regular from '@expo-google-fonts/noto-sans-devanagari/400Regular/NotoSansDevanagari_400Regular.ttf?url';
import bold from '@expo-google-fonts/noto-sans-devanagari/700Bold/NotoSansDevanagari_700Bold.ttf?url';

/** The name `--font` ends with; it means nothing until the files are loaded. */
const family = 'Tathya Devanagari';

/** How a letter looks on this device, as pixels. */
function drawing(letter: string): string {
  const canvas = document.createElement('canvas');
  canvas.width = 40;
  canvas.height = 40;
  const context = canvas.getContext('2d');
  if (!context) return letter;
  context.font = '28px system-ui, sans-serif';
  context.fillText(letter, 4, 30);
  return canvas.toDataURL();
}

/** Phones and most computers bring a Devanagari font; a bare Linux draws the same empty box for every letter. */
function isMissing(): boolean {
  return drawing('क') === drawing('ज');
}

/** Fetches our own font only where the device has none, so that nobody else pays for it. */
export async function ensureDevanagari(): Promise<void> {
  if (!isMissing()) return;
  const faces = [
    new FontFace(family, `url(${regular})`, { weight: '400' }),
    new FontFace(family, `url(${bold})`, { weight: '600 700' }),
  ];
  for (const face of faces) document.fonts.add(await face.load());
}
