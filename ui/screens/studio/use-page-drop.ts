import { useEffect, useRef, useState } from 'preact/hooks';
import { droppedFiles, wantedFiles } from './dropped-files.js';

/** Takes files dropped anywhere on the page, or pasted; true while something is held over it. */
export function usePageDrop(enabled: boolean, onFiles: (files: File[]) => void): boolean {
  const [over, setOver] = useState(false);
  const latest = useRef(onFiles);
  latest.current = onFiles;
  useEffect(() => {
    if (!enabled) return;
    let depth = 0;
    const holdsFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false;
    const enter = (event: DragEvent) => {
      if (!holdsFiles(event)) return;
      depth += 1;
      setOver(true);
    };
    const leave = (event: DragEvent) => {
      if (!holdsFiles(event)) return;
      depth -= 1;
      if (depth <= 0) setOver(false);
    };
    const above = (event: DragEvent) => {
      if (holdsFiles(event)) event.preventDefault();
    };
    const drop = (event: DragEvent) => {
      depth = 0;
      setOver(false);
      if (!event.dataTransfer || !holdsFiles(event)) return;
      // Otherwise the browser would open the file in place of the studio.
      event.preventDefault();
      void droppedFiles(event.dataTransfer).then((files) => latest.current(files));
    };
    const paste = (event: ClipboardEvent) => {
      const files = wantedFiles(event.clipboardData?.files);
      if (files.length > 0) latest.current(files);
    };
    addEventListener('dragenter', enter);
    addEventListener('dragleave', leave);
    addEventListener('dragover', above);
    addEventListener('drop', drop);
    addEventListener('paste', paste);
    return () => {
      removeEventListener('dragenter', enter);
      removeEventListener('dragleave', leave);
      removeEventListener('dragover', above);
      removeEventListener('drop', drop);
      removeEventListener('paste', paste);
    };
  }, [enabled]);
  return over;
}
