import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import path from 'node:path';

/** A step that did not succeed and has already told why, or tells it in its message. */
export class StepFailed extends Error {
  constructor(message, exitCode = 1) {
    super(message);
    this.exitCode = exitCode;
  }
}

/** One short line about what is being done, with the seconds since the start. */
export function say(line) {
  console.info(`[${process.uptime().toFixed(1).padStart(5)} s] ${line}`);
}

const windows = process.platform === 'win32';

/** Runs a program in sight of the user; resolves with its exit code, 127 when there is no such program. */
export function runProgram(program, args, { cwd, env } = {}) {
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: 'inherit',
      shell: windows,
    });
    // Ctrl-C reaches the program itself; we only wait for its end.
    const forward = (signal) => child.kill(signal);
    const ignore = () => undefined;
    process.on('SIGINT', ignore);
    process.on('SIGTERM', forward);
    const end = (code) => {
      process.off('SIGINT', ignore);
      process.off('SIGTERM', forward);
      resolve(code);
    };
    child.once('error', () => end(127));
    child.once('exit', (code, signal) => end(code ?? (signal === 'SIGINT' ? 130 : 143)));
  });
}

/** Where a program of an installed package lies, by its package.json; started with node on every system. */
async function binOf(root, packageName, name) {
  const folder = path.join(root, 'node_modules', packageName);
  const { bin } = JSON.parse(await readFile(path.join(folder, 'package.json'), 'utf8'));
  return path.join(folder, typeof bin === 'string' ? bin : bin[name]);
}

const packages = { tsc: 'typescript', biome: '@biomejs/biome', vite: 'vite', vitest: 'vitest' };

/** Runs a tool of ours and fails with its exit code. */
export async function runTool(root, name, args) {
  const code = await runProgram(process.execPath, [await binOf(root, packages[name], name), ...args], {
    cwd: root,
  });
  if (code !== 0) throw new StepFailed(`${name} ${args.join(' ')} failed`, code);
}

/** The command line of a tool of ours, for those that keep running. */
export async function toolCommand(root, name, args) {
  return [process.execPath, [await binOf(root, packages[name], name), ...args]];
}
