/** Pictures every browser draws; print files as TIFF are not among them. */
const shownPictures = ['image/jpeg', 'image/png', 'image/webp', 'image/gif'];

export function isShownPicture(mime: string | null): boolean {
  return mime !== null && shownPictures.includes(mime);
}
