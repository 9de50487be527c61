import { useFormat } from '../i18n/language.js';

/** A share from 0 to 1, or null while it cannot be told. */
export function Progress({ value, label }: { value: number | null; label: string }) {
  const format = useFormat();
  return (
    <div class="progress">
      <progress aria-label={label} {...(value === null ? {} : { value, max: 1 })} />
      {value === null ? null : <span>{format.percent(value)}</span>}
    </div>
  );
}
