import { useEffect, useState } from 'preact/hooks';
import { useFormat } from '../i18n/language.js';

/** How often "12 minutes ago" is counted anew. */
const tickMs = 30_000;

export interface TimeProps {
  /** ISO moment, or a day. */
  at: string;
  /** `ago` (default) says how long since and shows the moment on hover. */
  look?: 'ago' | 'date' | 'time' | 'full';
}

export function Time({ at, look = 'ago' }: TimeProps) {
  const format = useFormat();
  const [, tick] = useState(0);
  useEffect(() => {
    if (look !== 'ago') return;
    const timer = setInterval(() => tick((count) => count + 1), tickMs);
    return () => clearInterval(timer);
  }, [look]);
  const shown = {
    ago: () => format.relative(at),
    date: () => format.date(at),
    time: () => format.time(at),
    full: () => format.dateTime(at),
  }[look]();
  return (
    <time dateTime={at} title={at.length > 10 ? format.dateTime(at) : format.date(at)}>
      {shown}
    </time>
  );
}

export function Bytes({ size }: { size: number }) {
  return <span class="number">{useFormat().bytes(size)}</span>;
}
