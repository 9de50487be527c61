import { fork } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { TaskInputs, TaskName, TaskResult } from './task.js';
import type { Files } from './work.js';

/** What one way of doing the work cost: processor time of all its processes and threads, and memory. */
export interface Cost {
  cpuSeconds: number;
  wallSeconds: number;
  /** Largest sum of resident memory of the process and its children, looked at 20 times a second. */
  peakBytes: number;
}

export interface Measured {
  cost: Cost;
  files: Files;
}

async function childrenOf(pid: number): Promise<number[]> {
  const threads = await readdir(`/proc/${pid}/task`);
  const lists = await Promise.all(
    threads.map((thread) => readFile(`/proc/${pid}/task/${thread}/children`, 'utf8').catch(() => '')),
  );
  return lists.flatMap((list) => list.split(' ').filter(Boolean).map(Number));
}

async function residentBytes(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  const own = Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1] ?? 0) * 1024;
  const children = await childrenOf(pid).catch(() => []);
  const below = await Promise.all(children.map(residentBytes));
  return own + below.reduce((sum, bytes) => sum + bytes, 0);
}

/**
 * Does one task in a process of its own, warmed up before it is measured, and gives what it cost. The
 * files it made are the caller's. Linux only: the kernel's own accounts are read.
 */
export function measureTask<Name extends TaskName>(name: Name, input: TaskInputs[Name]): Promise<Measured> {
  return new Promise((resolve, reject) => {
    const child = fork(path.join(import.meta.dirname, 'task.ts'), { execArgv: ['--import', 'tsx'] });
    let peakBytes = 0;
    let looking = false;
    const look = setInterval(() => {
      if (looking || child.pid === undefined) return;
      looking = true;
      void residentBytes(child.pid).then((bytes) => {
        peakBytes = Math.max(peakBytes, bytes);
        looking = false;
      });
    }, 50);
    const end = () => clearInterval(look);
    child.once('error', reject);
    // Checked edge: the other end is our own file, typed by what it sends.
    child.once('message', (message) => {
      end();
      const result = message as TaskResult;
      if ('error' in result) reject(new Error(`${name}: ${result.error}`));
      else {
        const { cpuSeconds, wallSeconds, files } = result;
        resolve({ cost: { cpuSeconds, wallSeconds, peakBytes }, files });
      }
    });
    child.once('exit', (code) => {
      end();
      reject(new Error(`${name} ended with ${code}`));
    });
    child.send({ name, input });
  });
}
