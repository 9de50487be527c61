import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** `--mode torture` runs the long fault tests instead of the everyday ones. */
export default defineConfig(({ mode }) => ({
  root: fileURLToPath(new URL('..', import.meta.url)),
  test: {
    include: [mode === 'torture' ? 'test/torture/**/*.test.ts' : 'test/**/*.test.ts'],
    exclude: ['node_modules/**', 'test/bench/**', ...(mode === 'torture' ? [] : ['test/torture/**'])],
    globalSetup: ['test/helpers/global-setup.ts'],
    pool: 'forks',
    // Our modules keep no state: loading them once a process instead of once a file saves a fifth of the time.
    isolate: false,
    maxWorkers: 2,
    testTimeout: mode === 'torture' ? 1_800_000 : 60_000,
    hookTimeout: 120_000,
    restoreMocks: true,
  },
}));
