import { useRef } from 'preact/hooks';
import { Button, type ButtonProps } from '../../parts/button.js';
import { wantedFiles } from './dropped-files.js';

export interface FilePickerProps extends Omit<ButtonProps, 'onPress' | 'href' | 'type'> {
  /** `folder`: everything inside the chosen folder. */
  what: 'files' | 'file' | 'folder';
  onFiles: (files: File[]) => void;
}

/** A button that opens the device's own picker. */
export function FilePicker({ what, onFiles, ...button }: FilePickerProps) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button {...button} onPress={() => input.current?.click()} />
      <input
        ref={input}
        type="file"
        hidden
        tabIndex={-1}
        accept={what === 'folder' ? undefined : 'image/*,video/*,audio/*,application/pdf'}
        multiple={what !== 'file'}
        {...(what === 'folder' ? { webkitdirectory: true } : {})}
        onChange={(event) => {
          const files = wantedFiles(event.currentTarget.files);
          // The same file may be chosen again after it was refused.
          event.currentTarget.value = '';
          if (files.length > 0) onFiles(files);
        }}
      />
    </>
  );
}
