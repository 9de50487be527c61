import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { runProgram, StepFailed, say } from './steps.js';

const readOrNull = (file) => readFile(file, 'utf8').catch(() => null);

/**
 * Whether what npm last installed is what the lock file says. npm writes its own record at the very end of
 * an install, so an interrupted one never matches.
 */
function matches(lockText, recordText) {
  if (lockText === null || recordText === null) return false;
  const wanted = JSON.parse(lockText).packages;
  const present = JSON.parse(recordText).packages;
  return Object.entries(wanted).every(([place, entry]) => {
    if (place === '') return true;
    const found = present[place];
    // Parts for other systems, and tools for development only, may rightly be absent.
    if (!found)
      return (
        entry.optional === true || entry.dev === true || entry.devOptional === true || entry.peer === true
      );
    return found.version === entry.version;
  });
}

/** Installs the packages when they are missing or the lock file has changed since. */
export async function install(root, { withTests }) {
  const modules = path.join(root, 'node_modules');
  const stampFile = path.join(modules, '.tathya-lock');
  const lock = await readOrNull(path.join(root, 'package-lock.json'));
  const hash = createHash('sha256')
    .update(lock ?? '')
    .digest('hex');
  const complete =
    existsSync(path.join(modules, 'tsx')) && (!withTests || existsSync(path.join(modules, 'vitest')));
  if (complete && (await readOrNull(stampFile)) === hash) return;
  if (complete && matches(lock, await readOrNull(path.join(modules, '.package-lock.json')))) {
    await writeFile(stampFile, hash);
    return;
  }
  say(
    existsSync(modules)
      ? 'packages have changed; installing'
      : 'installing packages (the first time takes a minute)',
  );
  const command = [lock === null ? 'install' : 'ci', ...(withTests ? ['--include=dev'] : [])];
  // Under `npm start` this is the npm that runs us, wherever it lies.
  const npm = process.env.npm_execpath;
  const code =
    npm && /\.[cm]?js$/.test(npm)
      ? await runProgram(process.execPath, [npm, ...command], { cwd: root })
      : await runProgram('npm', command, { cwd: root });
  if (code !== 0) throw new StepFailed('The packages could not be installed; see above.', code);
  await writeFile(stampFile, hash);
}
