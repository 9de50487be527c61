import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import type { ProblemError } from '../api/problem.js';
import { common } from '../i18n/common.js';
import { useText } from '../i18n/language.js';
import { Button } from './button.js';
import { TextArea } from './field.js';
import { ProblemNote } from './messages.js';

export interface DialogProps {
  open: boolean;
  title: string;
  onClose: () => void;
  children: ComponentChildren;
  /** Buttons, the main one last. */
  actions?: ComponentChildren;
  wide?: boolean;
}

/** The browser's own dialog: it keeps the focus inside, closes on Escape and gives the focus back. */
export function Dialog({ open, title, onClose, children, actions, wide }: DialogProps) {
  const t = useText(common);
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const element = dialog.current;
    if (!element) return;
    if (open && !element.open) {
      element.showModal();
      // Whoever is asked something starts in the answer, not on the way out.
      element.querySelector<HTMLElement>('.dialog-body :is(input, textarea, select)')?.focus();
    }
    if (!open && element.open) element.close();
  }, [open]);
  return (
    <dialog
      ref={dialog}
      class={wide ? 'dialog dialog-wide' : 'dialog'}
      aria-labelledby={id}
      onClose={() => open && onClose()}
      onMouseDown={(event) => event.target === dialog.current && onClose()}
    >
      {open ? (
        <div class="dialog-inside">
          <header>
            <h2 id={id}>{title}</h2>
            <Button look="quiet" icon="close" label={t('close')} onPress={onClose} />
          </header>
          <div class="dialog-body">{children}</div>
          {actions ? <footer>{actions}</footer> : null}
        </div>
      ) : null}
    </dialog>
  );
}

export interface ConfirmProps {
  open: boolean;
  title: string;
  text: ComponentChildren;
  confirmLabel: string;
  /** Asks for a written reason; `name` is the field the server names in its errors. */
  reason?: { label?: string; hint?: string; name?: string; min?: number; required?: boolean };
  /** It cannot be taken back. */
  strong?: boolean;
  busy?: boolean;
  problem?: ProblemError | null;
  onConfirm: (reason: string) => void;
  onClose: () => void;
}

/** A question before an act, with a reason where one is demanded. */
export function Confirm(props: ConfirmProps) {
  const t = useText(common);
  const [reason, setReason] = useState('');
  const { open } = props;
  useEffect(() => {
    if (open) setReason('');
  }, [open]);
  const asked = props.reason;
  const needed = asked && asked.required !== false ? (asked.min ?? 3) : 0;
  return (
    <Dialog
      open={open}
      title={props.title}
      onClose={props.onClose}
      actions={
        <>
          <Button look="plain" onPress={props.onClose}>
            {t('cancel')}
          </Button>
          <Button
            look={props.strong ? 'strong' : 'main'}
            busy={props.busy ?? false}
            disabled={reason.trim().length < needed}
            onPress={() => props.onConfirm(reason.trim())}
          >
            {props.confirmLabel}
          </Button>
        </>
      }
    >
      <div>{props.text}</div>
      {asked ? (
        <TextArea
          label={asked.label ?? t('reason')}
          name={asked.name ?? 'reason'}
          value={reason}
          onValue={setReason}
          required={needed > 0}
          problem={props.problem ?? null}
          {...(asked.hint ? { hint: asked.hint } : {})}
        />
      ) : null}
      <ProblemNote problem={props.problem ?? null} />
    </Dialog>
  );
}
