import { spawn } from 'node:child_process';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { say, toolCommand } from './steps.js';

/** Sends the first of each stop signal on to the children. Ctrl-C reaches them by themselves as well, and npm
 * sends it once more, so what they do on a signal must not change when it comes again. */
function passSignalsOn(children) {
  const sent = new Set();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => {
      if (sent.has(signal)) return;
      sent.add(signal);
      for (const child of children) child.kill(signal);
    });
  }
}

function exitOf(child) {
  return new Promise((resolve) => {
    child.once('error', (error) => {
      console.error(error.message);
      resolve(1);
    });
    child.once('exit', (code, signal) => resolve(code ?? (signal === 'SIGKILL' ? 137 : 1)));
  });
}

/** The program ends itself when we are killed, so that no server is left that nobody knows of. */
function startProgram(root, args) {
  const followParent = pathToFileURL(path.join(root, 'server', 'start', 'follow-parent.js')).href;
  return spawn(
    process.execPath,
    ['--import', 'tsx', '--import', followParent, path.join(root, 'server', 'main.ts'), ...args],
    { cwd: root, stdio: ['inherit', 'inherit', 'inherit', 'ipc'] },
  );
}

/** Runs the program until it ends; its exit code becomes ours. */
export async function serve(root, args) {
  const program = startProgram(root, args);
  passSignalsOn([program]);
  process.exitCode = await exitOf(program);
}

/** Runs the program again at every change of it, with the screens straight from their sources beside it. */
export async function serveWhileEditing(root, args) {
  const [command, viteArguments] = await toolCommand(root, 'vite', ['ui', '--clearScreen', 'false']);
  say('starting; the screens at the address Vite prints, the API on its own port');
  const screens = spawn(command, viteArguments, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] });
  const program = spawn(
    process.execPath,
    ['--import', 'tsx', '--watch', '--watch-preserve-output', path.join(root, 'server', 'main.ts'), ...args],
    { cwd: root, stdio: 'inherit' },
  );
  passSignalsOn([program, screens]);
  process.exitCode = await exitOf(program);
  screens.kill();
}
