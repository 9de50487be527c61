/**
 * Reads ffmpeg's `-progress` lines: reports the position in ms when it moved, and tells the watchdog
 * only then, so a program that repeats the same numbers counts as stalled.
 */
export function progressLines(onPosition: (ms: number) => void): (line: string, touch: () => void) => void {
  const seen = new Map<string, number>();
  return (line, touch) => {
    const [name, text] = line.split('=');
    if (name !== 'out_time_us' && name !== 'frame' && name !== 'total_size') return;
    const value = Number(text);
    if (!Number.isFinite(value) || value <= (seen.get(name) ?? -1)) return;
    seen.set(name, value);
    touch();
    if (name === 'out_time_us') onPosition(value / 1000);
  };
}
