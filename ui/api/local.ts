/** What this device remembers; a browser that forbids storage simply forgets. */
const prefix = 'tathya.';

export function readLocal(name: string): string | null {
  try {
    return localStorage.getItem(prefix + name);
  } catch {
    return null;
  }
}

export function writeLocal(name: string, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(prefix + name);
    else localStorage.setItem(prefix + name, value);
  } catch {
    // Nothing is lost but the convenience: the next visit starts from the defaults.
  }
}
