import { type ChildProcess, spawn } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { eventually } from '../helpers/eventually.js';

/**
 * The first command in a small house of its own: the real start files, this checkout's packages, and
 * stand-ins for npm, Vite and the program that note what was asked of them.
 */
const repository = fileURLToPath(new URL('../..', import.meta.url));
let home: string;
let children: ChildProcess[];

const at = (...parts: string[]) => path.join(home, ...parts);
const read = (name: string) => readFile(at(name), 'utf8').catch(() => '');
const written = (name: string) => eventually(async () => (await read(name)) || null, { timeoutMs: 30_000 });

const fakeNpm = `
import { appendFileSync, mkdirSync, symlinkSync, writeFileSync, rmSync } from 'node:fs';
appendFileSync('npm-calls', process.argv.slice(2).join(' ') + '\\n');
rmSync('node_modules', { recursive: true, force: true });
mkdirSync('node_modules/vite', { recursive: true });
symlinkSync(${JSON.stringify(path.join(repository, 'node_modules', 'tsx'))}, 'node_modules/tsx');
writeFileSync('node_modules/vite/package.json', JSON.stringify({ type: 'module', bin: { vite: 'vite.js' } }));
writeFileSync('node_modules/vite/vite.js', \`
  import { appendFileSync, mkdirSync } from 'node:fs';
  appendFileSync('builds', process.argv.slice(2).join(' ') + '\\\\n');
  mkdirSync('ui/dist', { recursive: true });
\`);
`;

/** Ends when it was asked to and the test has written `may-end`. */
const waitingProgram = `
import { appendFileSync, existsSync } from 'node:fs';
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    appendFileSync('signals', signal + '\\n');
    setInterval(() => existsSync('may-end') && process.exit(7), 20);
  });
}
appendFileSync('ready', process.pid + ' ' + process.argv.slice(2).join(' ') + '\\n');
setInterval(() => undefined, 60_000);
`;

beforeEach(async () => {
  children = [];
  home = await mkdtemp(path.join(tmpdir(), 'tathya-start-'));
  await cp(path.join(repository, 'server', 'start.js'), at('server', 'start.js'));
  await cp(path.join(repository, 'server', 'start'), at('server', 'start'), { recursive: true });
  await mkdir(at('server', 'contract'));
  await mkdir(at('ui'));
  await writeFile(at('package.json'), '{ "type": "module" }');
  await writeFile(at('package-lock.json'), '{ "packages": {} }');
  await writeFile(at('ui', 'index.html'), '<p>one</p>');
  await writeFile(at('npm.js'), fakeNpm);
  await writeFile(at('server', 'main.ts'), 'const code: number = 0; process.exit(code);');
});
afterEach(async () => {
  for (const child of children) child.kill('SIGKILL');
  await rm(home, { recursive: true, maxRetries: 10, retryDelay: 100 });
});

interface Started {
  child: ChildProcess;
  output(): string;
  exit: Promise<number | null>;
}

function start(
  args: string[] = [],
  { env = {}, nodeArguments = [] }: { env?: object; nodeArguments?: string[] } = {},
): Started {
  const child = spawn(process.execPath, [...nodeArguments, at('server', 'start.js'), ...args], {
    cwd: tmpdir(),
    // A program that is surely there stands for ffmpeg, so that no test can install one.
    env: {
      ...process.env,
      FFMPEG_PATH: process.execPath,
      FFPROBE_PATH: process.execPath,
      npm_execpath: at('npm.js'),
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  children.push(child);
  let output = '';
  const keep = (chunk: Buffer) => {
    output += chunk.toString();
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  return { child, output: () => output, exit: new Promise((resolve) => child.once('exit', resolve)) };
}

const startAndEnd = async (...given: Parameters<typeof start>) => {
  const started = start(...given);
  return { code: await started.exit, output: started.output() };
};

test('the first start installs and builds; the second does neither, which is what makes it quick', async () => {
  const first = await startAndEnd();
  expect(first.output).toMatch(/installing packages[\s\S]*building the screens[\s\S]*starting/);
  expect(first.code).toBe(0);
  const second = await startAndEnd();
  expect(second.code).toBe(0);
  expect(second.output).not.toMatch(/installing|building/);
  expect(await read('npm-calls')).toBe('ci\n');
  expect(await read('builds')).toBe('build ui --logLevel warn\n');
});

test('a changed lock file is installed, changed screens are built', async () => {
  await startAndEnd();
  await writeFile(at('ui', 'index.html'), '<p>two</p>');
  await startAndEnd();
  expect((await read('builds')).split('\n')).toHaveLength(3);
  expect(await read('npm-calls')).toBe('ci\n');
  await writeFile(at('package-lock.json'), '{ "packages": { "node_modules/x": { "version": "1.0.0" } } }');
  await startAndEnd();
  expect(await read('npm-calls')).toBe('ci\nci\n');
});

test('packages that someone installed by hand as the lock file says are not installed again', async () => {
  await startAndEnd();
  await rm(at('node_modules', '.tathya-lock'));
  await writeFile(at('node_modules', '.package-lock.json'), '{ "packages": {} }');
  await startAndEnd();
  expect(await read('npm-calls')).toBe('ci\n');
});

test('an install that was broken off is begun again', async () => {
  await mkdir(at('node_modules'));
  await symlink(path.join(repository, 'node_modules', 'tsx'), at('node_modules', 'tsx'));
  expect((await startAndEnd()).code).toBe(0);
  expect(await read('npm-calls')).toBe('ci\n');
});

test('the program’s exit code is passed on, and so is --empty', async () => {
  await writeFile(at('server', 'main.ts'), "process.exit(process.argv.includes('--empty') ? 3 : 4)");
  expect((await startAndEnd(['--empty'])).code).toBe(3);
  expect((await startAndEnd()).code).toBe(4);
});

test.each(['SIGINT', 'SIGTERM'] as const)(
  '%s reaches the program once, and its end is waited for',
  async (signal) => {
    await writeFile(at('server', 'main.ts'), waitingProgram);
    const { child, exit } = start();
    await written('ready');
    child.kill(signal);
    child.kill(signal);
    await written('signals');
    child.kill(signal);
    await writeFile(at('may-end'), '');
    expect(await exit).toBe(7);
    expect(await read('signals')).toBe(`${signal}\n`);
  },
);

test('when the first command is killed the program ends in order', async () => {
  await writeFile(at('server', 'main.ts'), waitingProgram);
  const { child } = start();
  const ready = await written('ready');
  child.kill('SIGKILL');
  expect(await written('signals')).toBe('SIGTERM\n');
  await writeFile(at('may-end'), '');
  const pid = Number(ready.split(' ')[0]);
  await eventually(async () => {
    // A child nobody has collected yet still has a number, but no command.
    return (await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')) === '';
  });
});

test('a wrong path of ffmpeg is told, and nothing is installed for it', async () => {
  const { code, output } = await startAndEnd([], { env: { FFMPEG_PATH: '/nowhere/ffmpeg' } });
  expect(code).toBe(1);
  expect(output).toContain(
    'FFMPEG_PATH is "/nowhere/ffmpeg", but there is no program to run there (ffmpeg).',
  );
});

test('an unknown option is answered with how to use the command', async () => {
  const { code, output } = await startAndEnd(['--emtpy']);
  expect(code).toBe(2);
  expect(output).toMatch(/Unknown: --emtpy\nUsage: npm start/);
});

test('an old Node is told what is needed before anything else happens', async () => {
  const pretend = "data:text/javascript,Object.defineProperty(process,'versions',{value:{node:'18.20.4'}})";
  const { code, output } = await startAndEnd([], { nodeArguments: ['--import', pretend] });
  expect(code).toBe(1);
  expect(output).toBe(
    'Tathya needs Node 20.19 or newer; this is Node 18.20.4. See https://nodejs.org/en/download\n',
  );
  expect(await read('npm-calls')).toBe('');
});

test('the lock file names every optional part for every system, without which npm refuses to install from it', async () => {
  interface Entry {
    optionalDependencies?: Record<string, string>;
  }
  const lock = JSON.parse(await readFile(path.join(repository, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, Entry>; // npm's own format, lockfileVersion 3
  };
  const unnamed = Object.entries(lock.packages).flatMap(([place, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies).filter(
      (name) => !lock.packages[`node_modules/${name}`] && !lock.packages[`${place}/node_modules/${name}`],
    ),
  );
  expect(unnamed).toEqual([]);
});
