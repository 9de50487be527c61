import { useEffect, useRef, useState } from 'preact/hooks';
import type { MediaSearch } from '../../../server/contract/media-match.js';
import { type ProblemError, toProblem } from '../../api/problem.js';
import { useClient } from '../../api/queries.js';

/** Time between two looks whether the file has been compared. */
const lookMs = 700;

export type MediaSearchState =
  | { step: 'idle' }
  | { step: 'sending'; name: string; progress: number }
  | { step: 'looking'; name: string }
  | { step: 'done'; name: string; result: MediaSearch }
  | { step: 'refused'; name: string; problem: ProblemError };

const pause = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, lookMs);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      reject(new DOMException('', 'AbortError'));
    });
  });

/** Sends a file, waits until it was compared and gives the facts; a new file or `stop` ends what is under way. */
export function useMediaSearch() {
  const client = useClient();
  const [state, setState] = useState<MediaSearchState>({ step: 'idle' });
  const running = useRef<AbortController>();
  useEffect(() => () => running.current?.abort(), []);

  async function search(file: File): Promise<void> {
    running.current?.abort();
    const own = new AbortController();
    running.current = own;
    const { signal } = own;
    const { name } = file;
    /** What a search that was stopped still hears is no news. */
    const show = (next: MediaSearchState): void => {
      if (!signal.aborted) setState(next);
    };
    show({ step: 'sending', name, progress: 0 });
    try {
      const onProgress = (progress: number) => show({ step: 'sending', name, progress });
      let result = await client.upload('library.searchMedia', { file, onProgress, signal });
      show({ step: 'looking', name });
      while (result.state === 'queued') {
        await pause(signal);
        result = await client.call('library.readMediaSearch', { params: { id: result.id }, signal });
      }
      show({ step: 'done', name, result });
    } catch (error) {
      show({ step: 'refused', name, problem: toProblem(error) });
    }
  }

  return {
    state,
    search: (file: File) => void search(file),
    stop() {
      running.current?.abort();
      setState({ step: 'idle' });
    },
  };
}
