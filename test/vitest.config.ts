import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { fontSettings } from '../pipeline/fonts/bundled-fonts.js';

/** `--mode torture` runs the long fault tests instead of the everyday ones. */
export default defineConfig(({ mode }) => ({
  root: fileURLToPath(new URL('..', import.meta.url)),
  test: {
    include: [mode === 'torture' ? 'test/torture/**/*.test.ts' : 'test/**/*.test.ts'],
    exclude: ['node_modules/**', 'test/bench/**', ...(mode === 'torture' ? [] : ['test/torture/**'])],
    // As in the program: fontconfig reads it once a process, so no file of tests can choose for itself.
    env: { FONTCONFIG_FILE: fontSettings },
    globalSetup: ['test/helpers/global-setup.ts'],
    setupFiles: ['test/helpers/leaves-no-process.ts'],
    pool: 'forks',
    // Our modules keep no state: loading them once a process instead of once a file saves a fifth of the time.
    isolate: false,
    maxWorkers: 2,
    testTimeout: mode === 'torture' ? 1_800_000 : 120_000,
    hookTimeout: 120_000,
    restoreMocks: true,
  },
}));
