import type { MediaPrints } from '../../pipeline/media/prints/media-prints.js';
import type { Figure } from './figure.js';
import type { Shelf } from './media-shelf.js';

export const silent = (pictures: MediaPrints['pictures']): MediaPrints => ({ pictures, sound: null });
/** How many of each kind were found, and how many findings were right. */
export class Tally {
  readonly recall = new Map<string, { asked: number; found: number }>();
  right = 0;
  wrong = 0;
  readonly times: number[] = [];

  async ask(
    shelf: Shelf,
    kind: string | null,
    original: string | null,
    prints: MediaPrints,
  ): Promise<string[]> {
    const { found, ms } = await shelf.ask(prints);
    this.times.push(ms);
    const offered = found.filter(({ band }) => band !== 'related');
    const hit = offered.some(({ name }) => name === original);
    if (hit) this.right += 1;
    this.wrong += offered.filter(({ name }) => name !== original).length;
    if (kind !== null) {
      const row = this.recall.get(kind) ?? { asked: 0, found: 0 };
      this.recall.set(kind, { asked: row.asked + 1, found: row.found + (hit ? 1 : 0) });
    }
    return found.filter(({ name }) => name !== original).map(({ band }) => band);
  }

  figures(kind: string): Figure[] {
    const share = (value: number) => Math.round(value * 1e4) / 1e4;
    return [
      ...[...this.recall].map(([name, row]) => ({
        name: `recall/${name}`,
        value: share(row.found / row.asked),
        unit: `of ${row.asked}`,
        goal: goals[name] ?? null,
        atLeast: true,
      })),
      {
        name: `precision/${kind}`,
        value: share(this.right / Math.max(1, this.right + this.wrong)),
        unit: `of ${this.right + this.wrong}`,
        goal: 0.98,
        atLeast: true,
      },
    ];
  }
}

/** The least share found; mirrors and captions over the picture are more than was promised. */
const goals: Record<string, number> = {
  'image-recompressed': 0.98,
  'image-resized': 0.98,
  'image-cropped': 0.95,
  'image-bordered': 0.95,
  'image-captioned': 0.85,
  'sound-opus16': 0.95,
  'sound-cut': 0.95,
  'sound-quiet': 0.95,
  'sound-noisy': 0.9,
};
