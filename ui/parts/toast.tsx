import { type ComponentChildren, createContext } from 'preact';
import { useCallback, useContext, useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { common } from '../i18n/common.js';
import { useText } from '../i18n/language.js';
import { Button } from './button.js';

export interface Toast {
  text: string;
  /** Offers to take it back while the toast is there. */
  undo?: () => void;
}

interface Shown extends Toast {
  id: number;
}

type Show = (toast: Toast | string) => void;

/** Long enough to read and to press undo. */
const staysMs = 7000;
const most = 3;

const ToastContext = createContext<Show>(() => {});

/** `const toast = useToast(); toast({ text, undo })` */
export function useToast(): Show {
  return useContext(ToastContext);
}

/** Copies text and says so; text that has to be fetched first is given as a function. */
export function useCopy(): (text: string | (() => Promise<string>)) => Promise<void> {
  const t = useText(common);
  const toast = useToast();
  return useCallback(
    async (text) => {
      const done = typeof text === 'string' ? copyText(text) : copyLater(text);
      // What could not be fetched could not be copied.
      toast((await done.catch(() => false)) ? t('copied') : t('copyFailed'));
    },
    [t, toast],
  );
}

/** Some browsers take text only at the press itself: they are given the promise of it. */
async function copyLater(fetchText: () => Promise<string>): Promise<boolean> {
  const text = fetchText();
  if (typeof ClipboardItem === 'undefined' || !navigator.clipboard) return copyText(await text);
  const blob = text.then((ready) => new Blob([ready], { type: 'text/plain' }));
  try {
    await navigator.clipboard.write([new ClipboardItem({ 'text/plain': blob })]);
    return true;
  } catch {
    return copyText(await text);
  }
}

/** The clipboard needs https; in a plain local network a hidden field does it. */
async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const field = document.createElement('textarea');
    field.value = text;
    field.style.position = 'fixed';
    field.style.opacity = '0';
    const parent = document.querySelector('dialog[open]') ?? document.body;
    parent.append(field);
    field.select();
    const done = document.execCommand('copy');
    field.remove();
    return done;
  }
}

export function ToastProvider({ children }: { children: ComponentChildren }) {
  const t = useText(common);
  const [toasts, setToasts] = useState<readonly Shown[]>([]);
  const next = useRef(0);
  const timers = useRef(new Set<ReturnType<typeof setTimeout>>());
  useEffect(() => {
    const running = timers.current;
    return () => running.forEach(clearTimeout);
  }, []);
  const drop = useCallback((id: number) => setToasts((now) => now.filter((toast) => toast.id !== id)), []);
  const show = useCallback<Show>(
    (toast) => {
      next.current += 1;
      const id = next.current;
      setToasts((now) => [
        ...now.slice(1 - most),
        { ...(typeof toast === 'string' ? { text: toast } : toast), id },
      ]);
      const timer = setTimeout(() => {
        timers.current.delete(timer);
        drop(id);
      }, staysMs);
      timers.current.add(timer);
    },
    [drop],
  );
  const list = useMemo(
    () =>
      toasts.map((toast) => (
        <div key={toast.id} class="toast">
          <span>{toast.text}</span>
          {toast.undo ? (
            <Button
              look="quiet"
              small
              icon="undo"
              onPress={() => {
                toast.undo?.();
                drop(toast.id);
              }}
            >
              {t('undo')}
            </Button>
          ) : null}
          <Button look="quiet" small icon="close" label={t('close')} onPress={() => drop(toast.id)} />
        </div>
      )),
    [toasts, t, drop],
  );
  return (
    <ToastContext.Provider value={show}>
      {children}
      <div class="toasts" role="status" aria-live="polite">
        {list}
      </div>
    </ToastContext.Provider>
  );
}
