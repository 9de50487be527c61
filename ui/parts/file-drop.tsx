import { useRef, useState } from 'preact/hooks';
import { common } from '../i18n/common.js';
import { useText } from '../i18n/language.js';
import { Icon } from './icon.js';

export interface FileDropProps {
  onFiles: (files: File[]) => void;
  label?: string;
  hint?: string;
  /** As the `accept` of a file input. */
  accept?: string;
  multiple?: boolean;
  disabled?: boolean;
}

/** A place to drop files on, which is also the button to choose them. */
export function FileDrop(props: FileDropProps) {
  const t = useText(common);
  const [over, setOver] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const take = (list: FileList | null | undefined) => {
    const files = [...(list ?? [])];
    if (files.length > 0) props.onFiles(props.multiple === false ? files.slice(0, 1) : files);
  };
  return (
    <label
      class={over ? 'drop drop-over' : 'drop'}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        if (!props.disabled) take(event.dataTransfer?.files);
      }}
    >
      <input
        ref={input}
        type="file"
        accept={props.accept}
        multiple={props.multiple !== false}
        disabled={props.disabled}
        onChange={(event) => {
          take(event.currentTarget.files);
          // The same file may be chosen again after it was refused.
          event.currentTarget.value = '';
        }}
      />
      <Icon name="upload" size={28} />
      <strong>{props.label ?? t('dropFiles')}</strong>
      {props.hint ? <span class="hint">{props.hint}</span> : null}
    </label>
  );
}
