import type { ComponentChildren } from 'preact';
import { useEffect } from 'preact/hooks';
import { common } from '../i18n/common.js';
import { useText } from '../i18n/language.js';

export interface PageProps {
  title: string;
  /** Buttons at the right of the title. */
  actions?: ComponentChildren;
  /** One line below the title. */
  lead?: ComponentChildren;
  children: ComponentChildren;
  /** `text`: a readable column; `wide`: the whole width (default). */
  width?: 'text' | 'wide';
}

/** The name of what is on screen, in the browser's tab. */
export function useTitle(title: string): void {
  const name = useText(common)('product');
  useEffect(() => {
    document.title = `${title} · ${name}`;
  }, [title, name]);
}

/** A screen's frame: its heading, its acts, and the name in the browser's tab. */
export function Page({ title, actions, lead, children, width = 'wide' }: PageProps) {
  useTitle(title);
  return (
    <div class={`page page-${width}`}>
      <header class="page-head">
        <div>
          <h1>{title}</h1>
          {lead ? <p class="lead">{lead}</p> : null}
        </div>
        {actions ? <div class="page-actions">{actions}</div> : null}
      </header>
      {children}
    </div>
  );
}
