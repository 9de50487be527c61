import type { Bench } from './figure.js';
import { filmFigures, pictureFigures } from './media-figures.js';
import { makeFilm, makeLargeFilm, makePictures } from './media-sources.js';
import { uploadFigures } from './upload-figures.js';

/** What making renditions costs beside the plain ways of making them. Goals are those of the issue. */
export const bench: Bench = async (options) => {
  const { folder, say } = options;
  say('drawing the pictures and films to work on');
  const pictures = await makePictures(folder);
  const jpeg = await pictureFigures(options, 'image-jpeg', pictures.jpeg, 0.33);
  const png = await pictureFigures(options, 'image-png', pictures.png, 0.22);
  const warmUp = pictures.jpeg.small;
  const filmFile = await makeFilm(folder);
  const film = await filmFigures(
    options,
    'video-1080p',
    { source: filmFile, warmUp },
    { separate: 0.82, handMade: 1.03 },
  );
  const large = await filmFigures(
    options,
    'video-4k',
    { source: await makeLargeFilm(folder), warmUp },
    { separate: 0.51, handMade: null },
  );
  const waits = await uploadFigures(options, { picture: pictures.jpeg.large, film: filmFile });
  const parts = [film, large, jpeg, png];
  return [
    ...parts.flatMap(({ figures }) => figures),
    ...waits,
    {
      name: 'memory/peak',
      value: Math.max(...parts.map(({ peakBytes }) => peakBytes)) / 1e6,
      ...{ unit: 'MB', goal: 1500 },
    },
  ];
};
