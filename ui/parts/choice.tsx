import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';
import { errorOf, Field, type FieldProps } from './field.js';

export interface Option<V extends string> {
  value: V;
  label: string;
  hint?: string;
  disabled?: boolean;
  /** Drawn instead of the label, such as a verdict mark. */
  content?: ComponentChildren;
  /** Key that chooses it, shown at its edge. */
  shortcut?: string;
}

export interface SelectProps<V extends string> extends FieldProps {
  value: V | '';
  options: readonly Option<V>[];
  onValue: (value: V) => void;
  /** First, unchosen line. */
  placeholder?: string;
  disabled?: boolean;
}

export function Select<V extends string>(props: SelectProps<V>) {
  return (
    <Field {...props}>
      {(control) => (
        <select
          {...control}
          value={props.value}
          disabled={props.disabled}
          onChange={({ currentTarget }) => {
            const chosen = props.options.find(({ value }) => value === currentTarget.value);
            if (chosen) props.onValue(chosen.value);
          }}
        >
          {props.placeholder === undefined ? null : <option value="">{props.placeholder}</option>}
          {props.options.map(({ value, label, disabled }) => (
            <option key={value} value={value} disabled={disabled}>
              {label}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

export interface RadioGroupProps<V extends string> extends FieldProps {
  value: V | null;
  options: readonly Option<V>[];
  onValue: (value: V) => void;
  disabled?: boolean;
  /** `grid`: as many beside each other as fit; `row`: a compact strip. */
  layout?: 'list' | 'grid' | 'row';
}

/** Native radios as large rows; arrow keys move, as everywhere. */
export function RadioGroup<V extends string>(props: RadioGroupProps<V>) {
  const id = useId();
  const error = props.error ?? errorOf(props.problem, props.name);
  return (
    <fieldset
      class={`radios radios-${props.layout ?? 'list'}`}
      disabled={props.disabled}
      aria-describedby={error ? `${id}-error` : undefined}
    >
      <legend>{props.label}</legend>
      {props.hint ? <p class="hint">{props.hint}</p> : null}
      <div class="radios-options">
        {props.options.map((option) => (
          <label key={option.value} class="radio">
            <input
              type="radio"
              name={`${id}-${props.name}`}
              value={option.value}
              checked={props.value === option.value}
              disabled={option.disabled}
              onChange={() => props.onValue(option.value)}
            />
            <span class="radio-text">
              {option.content ?? option.label}
              {option.hint ? <small>{option.hint}</small> : null}
            </span>
            {option.shortcut ? (
              <span class="key" aria-hidden="true">
                {option.shortcut}
              </span>
            ) : null}
          </label>
        ))}
      </div>
      {error ? (
        <p class="field-error" id={`${id}-error`}>
          {error}
        </p>
      ) : null}
    </fieldset>
  );
}

/** One yes or no with its sentence. */
export function Checkbox(props: {
  label: ComponentChildren;
  checked: boolean;
  onValue: (checked: boolean) => void;
  disabled?: boolean;
}) {
  return (
    <label class="radio checkbox">
      <input
        type="checkbox"
        checked={props.checked}
        disabled={props.disabled}
        onChange={(event) => props.onValue(event.currentTarget.checked)}
      />
      <span class="radio-text">{props.label}</span>
    </label>
  );
}
