import { Value } from 'typebox/value';
import { hardenSharp } from '../harden-sharp.js';
import { toMediaFailure } from '../media-failure.js';
import { type AnswerMessage, TaskMessage } from './messages.js';
import { toPlainFailure } from './plain-failure.js';
import { findTask } from './tasks.js';

/**
 * The first file of a picture process: it does one task after the other until its worker goes. It knows no secret
 * and has no network; a picture that gets hold of it gets hold of this and its own folder.
 */
const home = process.cwd();

function answer(message: AnswerMessage): void {
  process.send?.(message);
}

function wear(): { cpuSeconds: number; residentBytes: number } {
  const { user, system } = process.cpuUsage();
  return { cpuSeconds: (user + system) / 1_000_000, residentBytes: process.memoryUsage.rss() };
}

async function perform(message: unknown): Promise<AnswerMessage> {
  try {
    if (!Value.Check(TaskMessage, message)) throw new TypeError('not a task');
    const { name, workDir, input } = message;
    const task = findTask(name);
    process.chdir(workDir);
    const result: unknown = await task(input, () => answer({ kind: 'step' }));
    return { kind: 'done', result: result ?? null, ...wear() };
  } catch (error) {
    return { kind: 'failed', failure: toPlainFailure(toMediaFailure(error)), ...wear() };
  } finally {
    // Its folder is removed soon.
    process.chdir(home);
  }
}

hardenSharp({ concurrency: 2 });
// A decoder may be in the middle of a picture and would hold up an orderly end.
process.once('disconnect', () => process.kill(process.pid, 'SIGKILL'));
process.on('message', (message) => void perform(message).then(answer));
answer({ kind: 'ready' });
