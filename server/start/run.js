import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildUi } from './build.js';
import { install } from './install.js';
import { serve, serveWhileEditing } from './serve.js';
import { runProgram, runTool, StepFailed, say } from './steps.js';
import { needTools } from './tools.js';

const root = fileURLToPath(new URL('../..', import.meta.url));

const usage = `Usage: npm start [-- --empty]     serve the workbench; --empty makes no sample workspace
       npm run dev                 serve it while editing
       npm test                    types, style and tests
       npm run torture             the long fault tests
       npm run bench [-- PART …]   measure speed; --json FILE keeps the figures`;

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

/** The measuring program reads its own command line. */
async function bench(options) {
  await needTools(['ffmpeg']);
  const code = await runProgram(
    process.execPath,
    ['--import', 'tsx', path.join('test', 'bench', 'bench.ts'), ...options],
    { cwd: root },
  );
  if (code !== 0) throw new StepFailed('', code);
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
  if (args[0] === '--bench') return perform({ withTests: true }, () => bench(args.slice(1)));
  const modes = { '--test': check, '--torture': torture, '--dev': develop };
  const unknown = args.filter((argument) => argument !== '--empty' && !Object.hasOwn(modes, argument));
  if (unknown.length > 0) {
    console.error(`Unknown: ${unknown.join(' ')}\n${usage}`);
    process.exitCode = 2;
    return;
  }
  const mode = args.find((argument) => Object.hasOwn(modes, argument));
  const options = args.filter((argument) => argument === '--empty');
  await perform({ withTests: mode === '--test' || mode === '--torture' }, () =>
    (mode ? modes[mode] : start)(options),
  );
}

async function perform(needs, work) {
  try {
    await install(root, needs);
    await work();
  } catch (error) {
    if (!(error instanceof StepFailed)) throw error;
    if (error.message) console.error(error.message);
    process.exitCode = error.exitCode;
  }
}
