import { readdir, readFile } from 'node:fs/promises';

/** The processes for pictures that a process has started and that still run, by id. */
export async function pictureProcessesOf(parent: number): Promise<number[]> {
  const found: number[] = [];
  for (const name of await readdir('/proc')) {
    const pid = Number(name);
    if (!(pid > 0)) continue;
    // A process that ends while we look has neither any more; a zombie has no command.
    const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
    const stat = await readFile(`/proc/${pid}/stat`, 'latin1').catch(() => '');
    const [, above] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (command.includes('picture-process/child') && Number(above) === parent) found.push(pid);
  }
  return found;
}

/** Whether a process of this id runs; a zombie does not. */
export async function isRunning(pid: number): Promise<boolean> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => 'State:\tZ');
  return !/^State:\s+[ZX]/m.test(status);
}

/** The most memory the process has ever held, bytes; 0 when it is gone. */
export async function peakMemoryOf(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  return Number(/^VmHWM:\s+(\d+) kB/m.exec(status)?.[1] ?? 0) * 1024;
}

/** Seconds of processor the process has used, of all its threads; infinite when it is gone. */
export async function processorSecondsOf(pid: number): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, 'latin1').catch(() => null);
  if (stat === null) return Number.POSITIVE_INFINITY;
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  // Of `utime` and `stime`, the eleventh and twelfth after the name (proc(5)); Linux counts a hundred a second here.
  return (Number(fields[11]) + Number(fields[12])) / 100;
}
