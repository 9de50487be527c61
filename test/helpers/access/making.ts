import type { TestApp } from '../app.js';
import type { As } from '../rules.js';
import type { UnitCode } from '../world.js';
import type { Callers } from './callers.js';

/** What the makers of objects share. */
export interface Making {
  house: TestApp;
  callers: Callers;
  as: As;
  unit(code: UnitCode): string;
  /** A stored file; the bytes differ each time. */
  file(): Promise<{ sha256: string; content: Buffer }>;
}
