import { hardenSharp } from '../harden-sharp.js';
import { toMediaFailure } from '../media-failure.js';
import type { AnswerMessage, TaskMessage } from './messages.js';
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

async function perform({ name, workDir, input }: TaskMessage): Promise<AnswerMessage> {
  try {
    const task = findTask(name);
    process.chdir(workDir);
    const result = await task(input, () => answer({ kind: 'step' }));
    return { kind: 'done', result, ...wear() };
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
// Checked edge: the other end is the pool that started us, which sends nothing else.
process.on('message', (message) => void perform(message as TaskMessage).then(answer));
answer({ kind: 'ready' });
