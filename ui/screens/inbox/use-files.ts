import { useQueryClient } from '@tanstack/preact-query';
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import type { InboxFile } from '../../../server/contract/release.js';
import { refreshReads } from '../../api/queries.js';

export interface HeldFiles {
  held: ReadonlyMap<string, File>;
  /** Share of the bytes being fetched that came, 0 to 1; null while nothing is fetched. */
  progress: number | null;
  failed: boolean;
  fetch(files: readonly InboxFile[]): Promise<void>;
}

class Refused extends Error {}

async function bytesOf(
  { url }: InboxFile,
  { signal, onBytes }: { signal: AbortSignal; onBytes: (count: number) => void },
): Promise<BlobPart[]> {
  const response = await fetch(url, { signal, credentials: 'same-origin' });
  if (!response.ok || !response.body) throw new Refused();
  const reader = response.body.getReader();
  const parts: BlobPart[] = [];
  for (let step = await reader.read(); !step.done; step = await reader.read()) {
    parts.push(step.value);
    onBytes(step.value.byteLength);
  }
  return parts;
}

/**
 * Files of a pack in this page's memory: a phone opens its share sheet only in answer to a tap, so they must be here
 * before it. The server notes the download.
 */
export function useFiles(): HeldFiles {
  const queries = useQueryClient();
  const [held, setHeld] = useState<ReadonlyMap<string, File>>(new Map());
  const [progress, setProgress] = useState<number | null>(null);
  const [failed, setFailed] = useState(false);
  const abort = useRef(new AbortController());
  useEffect(() => {
    const controller = new AbortController();
    abort.current = controller;
    return () => controller.abort();
  }, []);

  const fetchFiles = useCallback(
    async (files: readonly InboxFile[]) => {
      const { signal } = abort.current;
      const total = files.reduce((sum, { size }) => sum + size, 0);
      let came = 0;
      setFailed(false);
      setProgress(0);
      try {
        for (const file of files) {
          const parts = await bytesOf(file, {
            signal,
            onBytes(count) {
              came += count;
              setProgress(Math.min(1, came / Math.max(1, total)));
            },
          });
          const made = new File(parts, file.name, { type: file.mime });
          setHeld((now) => new Map(now).set(file.id, made));
        }
      } catch {
        if (!signal.aborted) setFailed(true);
      } finally {
        if (!signal.aborted) {
          setProgress(null);
          // The download is on the board now; a refusal says the pack was taken back.
          void refreshReads(queries, ['inbox.']);
        }
      }
    },
    [queries],
  );
  return { held, progress, failed, fetch: fetchFiles };
}

/** Hands a file to the browser's own downloads. */
export function saveFile(file: File): void {
  const link = document.createElement('a');
  const address = URL.createObjectURL(file);
  link.href = address;
  link.download = file.name;
  link.click();
  // The browser reads the address after the click; a minute is ample.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

export function canShareFiles(files: readonly File[]): boolean {
  return typeof navigator.canShare === 'function' && navigator.canShare({ files: [...files] });
}
