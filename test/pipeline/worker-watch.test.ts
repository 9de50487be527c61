import { describe, expect, test } from 'vitest';
import { createWatch } from '../../pipeline/reaper.js';

const watch = () => createWatch({ limitMs: 10_000, everyMs: 3_000 });

describe('watching for dead workers', () => {
  test('a worker silent for longer than the limit is dead', () => {
    const { look } = watch();
    const silent = { id: 'a', beats: 7 };
    const found = [0, 3_000, 6_000, 9_000].flatMap((now) => look([silent], now));
    expect(found).toEqual([]);
    expect(look([silent], 12_000)).toEqual([silent]);
  });

  test('a heartbeat starts the count again', () => {
    const { look } = watch();
    look([{ id: 'a', beats: 7 }], 0);
    for (const now of [3_000, 6_000, 9_000]) look([{ id: 'a', beats: 7 }], now);
    expect(look([{ id: 'a', beats: 8 }], 12_000)).toEqual([]);
    expect(look([{ id: 'a', beats: 8 }], 15_000)).toEqual([]);
  });

  test('time in which nobody could look does not make the living dead', () => {
    const { look } = watch();
    look([{ id: 'a', beats: 7 }], 0);
    look([{ id: 'a', beats: 7 }], 3_000);
    expect(look([{ id: 'a', beats: 7 }], 600_000)).toEqual([]);
  });

  test('a worker seen for the first time is not judged by earlier silence', () => {
    const { look } = watch();
    for (const now of [0, 3_000, 6_000, 9_000, 12_000]) look([], now);
    expect(look([{ id: 'new', beats: 0 }], 15_000)).toEqual([]);
  });
});
