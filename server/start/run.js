import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildUi } from './build.js';
import { install } from './install.js';
import { serve, serveWhileEditing } from './serve.js';
import { runTool, StepFailed, say } from './steps.js';
import { needTools } from './tools.js';

const root = fileURLToPath(new URL('../..', import.meta.url));

const usage = `Usage: npm start [-- --empty]     serve the workbench; --empty makes no sample workspace
       npm run dev                 serve it while editing
       npm test                    types, style and tests
       npm run torture             the long fault tests`;

/** Brings everything the checks need, then stops at the first that fails. */
async function check() {
  await needTools(['ffmpeg', 'redis', 'chromium']);
  say('checking types');
  await runTool(root, 'tsc', ['--noEmit']);
  say('checking style');
  await runTool(root, 'biome', ['check', '.']);
  await buildUi(root);
  say('running the tests');
  await runTool(root, 'vitest', ['run', '--config', 'test/vitest.config.ts']);
  say('everything passed');
}

async function torture() {
  await needTools(['ffmpeg', 'redis', 'chromium']);
  await buildUi(root);
  say('running the long fault tests; this takes a while');
  await runTool(root, 'vitest', ['run', '--config', 'test/vitest.config.ts', '--mode', 'torture']);
}

async function start(options) {
  await needTools(['ffmpeg']);
  await buildUi(root);
  say('starting');
  await serve(root, options);
}

async function develop(options) {
  await needTools(['ffmpeg']);
  await serveWhileEditing(root, options);
}

/** Does what the command line asks for; the exit code tells how it went. */
export async function run(args) {
  process.chdir(path.resolve(root));
  const modes = { '--test': check, '--torture': torture, '--dev': develop };
  const unknown = args.filter((argument) => argument !== '--empty' && !Object.hasOwn(modes, argument));
  if (unknown.length > 0) {
    console.error(`Unknown: ${unknown.join(' ')}\n${usage}`);
    process.exitCode = 2;
    return;
  }
  const mode = args.find((argument) => Object.hasOwn(modes, argument));
  try {
    await install(root, { withTests: mode === '--test' || mode === '--torture' });
    await (mode ? modes[mode] : start)(args.filter((argument) => argument === '--empty'));
  } catch (error) {
    if (!(error instanceof StepFailed)) throw error;
    if (error.message) console.error(error.message);
    process.exitCode = error.exitCode;
  }
}
