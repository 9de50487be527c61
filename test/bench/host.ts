import { readFileSync } from 'node:fs';

/** Ticks of all processors since the start of the machine: those worked in, and those the host gave to others. */
function ticks(): { worked: number; stolen: number } {
  const [, user = 0, nice = 0, system = 0, , , irq = 0, softirq = 0, stolen = 0] = (
    readFileSync('/proc/stat', 'latin1').split('\n')[0] ?? ''
  )
    .split(/ +/)
    .map(Number);
  return { worked: user + nice + system + irq + softirq, stolen };
}

/**
 * Watches how much of what this machine wanted to work its host did not let it, 0 to 1: on a rented machine clocks and
 * the slowest of many times tell as much of the neighbours as of the program. Linux only.
 */
export function watchHost(): () => number {
  const before = ticks();
  return () => {
    const now = ticks();
    const stolen = now.stolen - before.stolen;
    return stolen / Math.max(1, now.worked - before.worked + stolen);
  };
}

/** Milliseconds that the main thread of this process has run on a processor. */
function ranMs(): number {
  return Number(readFileSync('/proc/self/schedstat', 'latin1').split(' ')[0]) / 1e6;
}

/**
 * Watches the turns of the event loop: how long, in milliseconds, the longest of them ran on a processor. What other
 * threads and the host took is left out, the latter as far as the kernel knows of it. Linux only.
 */
export function watchTurns(): () => number {
  let last = ranMs();
  let longest = 0;
  const look = (): void => {
    const now = ranMs();
    longest = Math.max(longest, now - last);
    last = now;
  };
  const timer = setInterval(look, 1);
  return () => {
    clearInterval(timer);
    look();
    return longest;
  };
}
