import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import { common } from '../i18n/common.js';
import { useText } from '../i18n/language.js';
import { Button } from './button.js';

export interface SplitPaneProps {
  list: ComponentChildren;
  /** Null while nothing is chosen. */
  detail: ComponentChildren | null;
  /** What stands in the empty half on a wide screen. */
  placeholder?: ComponentChildren;
  /** Where the list is: a phone shows the detail as a page with this way back. */
  backHref: string;
  backLabel?: string;
  listLabel: string;
}

/** List and detail beside each other; on a phone one page after the other. */
export function SplitPane(props: SplitPaneProps) {
  const t = useText(common);
  const { path } = useLocation();
  const list = useRef<HTMLElement>(null);
  const detail = useRef<HTMLElement>(null);
  const seen = useRef(path);
  const chosen = props.detail !== null;
  // On a phone the pressed line is gone: reading goes on where the detail begins.
  useEffect(() => {
    const moved = seen.current !== path;
    seen.current = path;
    if (moved && chosen && list.current?.offsetParent === null) {
      detail.current?.focus({ preventScroll: true });
    }
  }, [chosen, path]);
  return (
    <div class={props.detail ? 'split split-chosen' : 'split'}>
      <section ref={list} class="split-list" aria-label={props.listLabel}>
        {props.list}
      </section>
      <section ref={detail} class="split-detail" tabIndex={-1}>
        {props.detail ? (
          <>
            <div class="split-back">
              <Button look="quiet" icon="back" href={props.backHref}>
                {props.backLabel ?? t('back')}
              </Button>
            </div>
            {props.detail}
          </>
        ) : (
          props.placeholder
        )}
      </section>
    </div>
  );
}
