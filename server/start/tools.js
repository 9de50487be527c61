import { accessSync, constants, existsSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { runProgram, StepFailed, say } from './steps.js';

/** System programs: any of `names` will do; the package that brings them, by package manager. */
const tools = {
  ffmpeg: [
    { names: ['ffmpeg'], setting: 'FFMPEG_PATH', apt: 'ffmpeg', dnf: 'ffmpeg-free', brew: 'ffmpeg' },
    {
      names: ['ffprobe'],
      setting: 'FFPROBE_PATH',
      beside: 'FFMPEG_PATH',
      apt: 'ffmpeg',
      dnf: 'ffmpeg-free',
      brew: 'ffmpeg',
    },
  ],
  redis: [{ names: ['redis-server'], apt: 'redis-server', dnf: 'redis', brew: 'redis' }],
  chromium: [
    {
      names: ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'],
      apt: 'chromium',
      dnf: 'chromium',
      brew: 'chromium',
    },
  ],
};

function isProgram(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function onPath(name) {
  const endings = process.platform === 'win32' ? ['.exe', '.cmd', ''] : [''];
  return (process.env.PATH ?? '')
    .split(path.delimiter)
    .filter(Boolean)
    .some((folder) => endings.some((ending) => isProgram(path.join(folder, name + ending))));
}

/** Whether a program lies in the folder of another one that was named by its path. */
function isBeside(names, other) {
  const named = other ? process.env[other]?.trim() : undefined;
  if (!named?.includes(path.sep)) return false;
  return names.some((name) => isProgram(path.join(path.dirname(path.resolve(named)), name)));
}

function isPresent({ names, setting, beside }) {
  const named = setting ? process.env[setting]?.trim() : undefined;
  if (named) return named.includes(path.sep) ? isProgram(path.resolve(named)) : onPath(named);
  return isBeside(names, beside) || names.some(onPath);
}

const isRoot = process.getuid?.() === 0;

/** How this system installs programs; null where we do not know. */
function manager() {
  const sudo = isRoot ? [] : ['sudo'];
  if (existsSync('/usr/bin/apt-get')) {
    return {
      kind: 'apt',
      unattended: isRoot,
      commands: (packages) => [
        [...sudo, 'apt-get', 'update'],
        [
          ...sudo,
          'apt-get',
          'install',
          '-y',
          '--no-install-recommends',
          '-o',
          'DPkg::Lock::Timeout=300',
          ...packages,
        ],
      ],
    };
  }
  if (existsSync('/usr/bin/dnf')) {
    return {
      kind: 'dnf',
      unattended: false,
      commands: (packages) => [[...sudo, 'dnf', 'install', '-y', ...packages]],
    };
  }
  if (onPath('brew')) {
    return { kind: 'brew', unattended: false, commands: (packages) => [['brew', 'install', ...packages]] };
  }
  return null;
}

async function agrees(question) {
  if (!process.stdin.isTTY || !process.stdout.isTTY) return false;
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return /^(y|yes)?$/i.test((await terminal.question(`${question} [Y/n] `)).trim());
  } finally {
    terminal.close();
  }
}

/** A mirror that is busy or a lock held by another installer often passes. */
async function runPatiently([program, ...args]) {
  let code = 1;
  for (let attempt = 1; attempt <= 3 && code !== 0; attempt += 1) {
    if (attempt > 1) await delay(attempt * 2_000);
    code = await runProgram(program, args, { env: { DEBIAN_FRONTEND: 'noninteractive' } });
  }
  return code;
}

/** Makes sure the system programs are there: installs them where it may, else tells exactly how. */
export async function needTools(wanted) {
  const missing = wanted.flatMap((name) => tools[name]).filter((tool) => !isPresent(tool));
  if (missing.length === 0) return;
  for (const { names, setting } of missing) {
    const named = setting && process.env[setting];
    if (named)
      throw new StepFailed(`${setting} is "${named}", but there is no program to run there (${names[0]}).`);
  }
  const names = missing.map((tool) => tool.names[0]).join(', ');
  const system = manager();
  const commands = system?.commands([...new Set(missing.map((tool) => tool[system.kind]))]);
  const shown = commands?.map((command) => command.join(' ')).join(' && ');
  if (!system || !commands) {
    throw new StepFailed(
      `${names} not found. Install it, or set FFMPEG_PATH and FFPROBE_PATH, then start again.`,
    );
  }
  const refusal = `${names} not found. Install it with:\n\n  ${shown}\n\nthen start again.`;
  if (!system.unattended && !(await agrees(`${names} not found. Run "${shown}" now?`)))
    throw new StepFailed(refusal);
  say(`${names} not found; running ${shown}`);
  for (const command of commands) {
    if ((await runPatiently(command)) !== 0)
      throw new StepFailed(`"${command.join(' ')}" failed. ${refusal}`);
  }
  const still = missing.filter((tool) => !isPresent(tool)).map((tool) => tool.names[0]);
  if (still.length > 0) throw new StepFailed(`${still.join(', ')} still not found after installing.`);
}
