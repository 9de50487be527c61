import sharp from 'sharp';

/**
 * Settings of sharp for this whole process: only the loaders of the types we take, no cache, and so
 * many threads per picture. The worker calls it once before the first picture.
 */
export function hardenSharp({ concurrency }: { concurrency: number }): void {
  sharp.block({ operation: ['VipsForeignLoad'] });
  sharp.unblock({
    operation: [
      'VipsForeignLoadJpeg',
      'VipsForeignLoadPng',
      'VipsForeignLoadWebp',
      'VipsForeignLoadNsgif',
      'VipsForeignLoadHeif',
    ],
  });
  sharp.cache(false);
  sharp.concurrency(concurrency);
}
