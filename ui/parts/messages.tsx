import type { ComponentChildren } from 'preact';
import { offline, type ProblemError } from '../api/problem.js';
import { common } from '../i18n/common.js';
import { useLanguage, useText } from '../i18n/language.js';
import { Button } from './button.js';
import { Icon, type IconName } from './icon.js';

export interface EmptyStateProps {
  title: string;
  /** What to do now. */
  text?: ComponentChildren;
  icon?: IconName;
  action?: ComponentChildren;
}

export function EmptyState({ title, text, icon = 'info', action }: EmptyStateProps) {
  return (
    <div class="empty">
      <Icon name={icon} size={36} />
      <h2>{title}</h2>
      {text ? <p>{text}</p> : null}
      {action}
    </div>
  );
}

/** A refusal in the middle of a form: the server's sentence, next to what was tried. */
export function ProblemNote({ problem }: { problem: ProblemError | null }) {
  const { language } = useLanguage();
  if (!problem) return null;
  return (
    <Note tone="alert" role="alert">
      {problem.details[language]}
    </Note>
  );
}

/** A sentence that should be noticed: `info` framed, `alert` with a heavy edge, `stop` inverted. */
export function Note(props: {
  tone?: 'info' | 'alert' | 'stop';
  role?: 'alert' | 'status';
  children: ComponentChildren;
}) {
  const tone = props.tone ?? 'info';
  return (
    <div class={`note note-${tone}`} role={props.role}>
      <Icon name={tone === 'info' ? 'info' : 'alert'} />
      <div>{props.children}</div>
    </div>
  );
}

/** In place of what could not be read: why, what to do, and a way to try again. */
export function ErrorState({ problem, onRetry }: { problem: ProblemError; onRetry?: () => void }) {
  const t = useText(common);
  const { language } = useLanguage();
  const title =
    problem.code === offline
      ? t('offlineTitle')
      : problem.status === 404
        ? t('notFoundTitle')
        : t('problemTitle');
  return (
    <div class="empty" role="alert">
      <Icon name="alert" size={36} />
      <h2>{title}</h2>
      <p>{problem.status === 404 ? t('notFoundText') : problem.details[language]}</p>
      {onRetry && problem.mayPass ? (
        <Button icon="refresh" onPress={onRetry}>
          {t('retry')}
        </Button>
      ) : null}
      {problem.requestId && problem.status >= 500 ? (
        <p class="faint">
          <small>{t('requestNumber', { id: problem.requestId })}</small>
        </p>
      ) : null}
    </div>
  );
}

/** Grey lines in the shape of what is coming. */
export function Skeleton({ rows = 3 }: { rows?: number }) {
  const t = useText(common);
  return (
    <div class="skeleton" role="status" aria-label={t('loading')}>
      {Array.from({ length: rows }, (_, index) => (
        <div key={index} class="skeleton-row">
          <span />
          <span />
        </div>
      ))}
    </div>
  );
}
