import { afterAll } from 'vitest';
import { eventually } from './eventually.js';
import { pictureProcessesOf } from './picture-processes.js';

// Files of tests share a process: what one leaves running would be counted by another, and only now and then.
afterAll(async () => {
  if (process.platform !== 'linux') return;
  await eventually(async () => {
    const left = await pictureProcessesOf(process.pid);
    if (left.length > 0) throw new Error(`left running for pictures: ${left.join(', ')}`);
    return true;
  });
});
