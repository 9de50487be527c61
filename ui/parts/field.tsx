import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';
import { fieldName, type ProblemError } from '../api/problem.js';
import { common } from '../i18n/common.js';
import { useText } from '../i18n/language.js';

/** What every control of a field must carry, so that label, hint and error are read with it. */
export interface ControlProps {
  id: string;
  name: string;
  required: boolean;
  'aria-describedby': string | undefined;
  'aria-invalid': boolean;
}

export interface FieldProps {
  label: string;
  /** Name of the field in the request, such as `texts.hi.title`: the server's error is found by it. */
  name: string;
  hint?: ComponentChildren;
  /** The refusal of the last try. */
  problem?: ProblemError | null;
  /** Our own complaint; it comes before the server's. */
  error?: string;
  required?: boolean;
  /** Say "optional" beside the label. */
  optional?: boolean;
}

export function errorOf(problem: ProblemError | null | undefined, name: string): string | undefined {
  const wanted = fieldName(name);
  return problem?.errors.find(({ field }) => field === wanted || field === `body.${wanted}`)?.message;
}

/** Label above, hint and error below: `<Field …>{(control) => <input {...control} />}</Field>`. */
export function Field(props: FieldProps & { children: (control: ControlProps) => ComponentChildren }) {
  const t = useText(common);
  const id = useId();
  const error = props.error ?? errorOf(props.problem, props.name);
  const described = [props.hint ? `${id}-hint` : '', error ? `${id}-error` : ''].filter(Boolean).join(' ');
  return (
    <div class={error ? 'field field-wrong' : 'field'}>
      <label for={id}>
        {props.label}
        {props.optional ? <span class="faint"> ({t('optional')})</span> : null}
      </label>
      {props.children({
        id,
        name: props.name,
        required: props.required ?? false,
        'aria-describedby': described || undefined,
        'aria-invalid': error !== undefined,
      })}
      {props.hint ? (
        <p class="hint" id={`${id}-hint`}>
          {props.hint}
        </p>
      ) : null}
      {error ? (
        <p class="field-error" id={`${id}-error`}>
          {error}
        </p>
      ) : null}
    </div>
  );
}

export interface TextFieldProps extends FieldProps {
  value: string;
  onValue: (value: string) => void;
  type?: 'text' | 'password' | 'search' | 'url' | 'number' | 'date' | 'datetime-local';
  placeholder?: string;
  maxLength?: number;
  min?: string | number;
  max?: string | number;
  autoComplete?: string;
  inputMode?: 'text' | 'numeric' | 'url' | 'search';
  /** Language of what is typed, when it is not that of the screen. */
  lang?: string;
  disabled?: boolean;
  /** Offers of a list beside free typing. */
  suggestions?: readonly string[];
}

export function TextField(props: TextFieldProps) {
  const listId = useId();
  return (
    <Field {...props}>
      {(control) => (
        <>
          <input
            {...control}
            type={props.type ?? 'text'}
            value={props.value}
            onInput={(event) => props.onValue(event.currentTarget.value)}
            placeholder={props.placeholder}
            maxLength={props.maxLength}
            min={props.min}
            max={props.max}
            autocomplete={props.autoComplete}
            inputMode={props.inputMode}
            lang={props.lang}
            disabled={props.disabled}
            list={props.suggestions ? listId : undefined}
          />
          {props.suggestions ? (
            <datalist id={listId}>
              {props.suggestions.map((value) => (
                <option key={value} value={value} />
              ))}
            </datalist>
          ) : null}
        </>
      )}
    </Field>
  );
}

export interface TextAreaProps extends FieldProps {
  value: string;
  onValue: (value: string) => void;
  rows?: number;
  maxLength?: number;
  placeholder?: string;
  lang?: string;
  disabled?: boolean;
}

export function TextArea(props: TextAreaProps) {
  return (
    <Field {...props}>
      {(control) => (
        <textarea
          {...control}
          rows={props.rows ?? 3}
          value={props.value}
          onInput={(event) => props.onValue(event.currentTarget.value)}
          maxLength={props.maxLength}
          placeholder={props.placeholder}
          lang={props.lang}
          disabled={props.disabled}
        />
      )}
    </Field>
  );
}
