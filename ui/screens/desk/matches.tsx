import type { ComponentChildren } from 'preact';
import type { ClaimMatch } from '../../../server/contract/claim.js';
import { useCodes } from '../../i18n/codes.js';
import { useText } from '../../i18n/language.js';
import { Button } from '../../parts/button.js';
import { Highlight } from '../../parts/highlight.js';
import { ErrorState } from '../../parts/messages.js';
import { VerdictMark } from '../../parts/verdict-mark.js';
import { texts } from './texts.js';
import type { Matches } from './use-matches.js';

export interface MatchListProps {
  matches: Matches;
  /** In place of the list while too little is written. */
  idle?: ComponentChildren;
  /** Opens links in a new tab, so that a form is not lost. */
  newTab?: boolean;
  joining?: string | null;
  onJoin?: (match: ClaimMatch) => void;
}

const bands = ['same', 'likely', 'related'] as const;

function Match({ match, ...props }: { match: ClaimMatch } & Omit<MatchListProps, 'matches' | 'idle'>) {
  const t = useText(texts);
  const { kind, objectId, headline, verdict, words, clusterId } = match;
  const href = kind === 'fact' ? `/library/${objectId}` : `/desk/${objectId}`;
  return (
    <li class="match">
      <p class="row">
        {verdict ? <VerdictMark code={verdict} /> : null}
        <span class="faint match-kind">{t(kind === 'fact' ? 'matchFact' : 'matchClaim')}</span>
      </p>
      <p class="match-words clamp">
        <Highlight text={headline} words={words} />
      </p>
      {words.length > 0 ? <p class="meta">{t('wordsMet', { words: words.slice(0, 8).join(', ') })}</p> : null}
      <p class="row">
        <Button small href={href} {...(props.newTab ? { newTab: true, icon: 'external' } : {})}>
          {t('open')}
        </Button>
        {props.onJoin ? (
          <Button
            small
            look="quiet"
            icon="link"
            busy={props.joining === clusterId}
            disabled={Boolean(props.joining)}
            onPress={() => props.onJoin?.(match)}
          >
            {t(kind === 'fact' ? 'joinFact' : 'join')}
          </Button>
        ) : null}
      </p>
    </li>
  );
}

/** What says the same, in three bands from the surest down. */
export function MatchList({ matches, idle, ...rest }: MatchListProps) {
  const t = useText(texts);
  const codes = useCodes();
  if (matches.problem) return <ErrorState problem={matches.problem} onRetry={matches.retry} />;
  if (matches.idle) return idle ? <p class="hint">{idle}</p> : <p class="hint">{t('noMatches')}</p>;
  if (matches.items.length === 0) {
    return <p class="hint">{matches.fetching ? t('looking') : t('noMatches')}</p>;
  }
  return (
    <div class="match-bands" aria-busy={matches.fetching}>
      {bands.map((band) => {
        const found = matches.items.filter((match) => match.band === band);
        return found.length === 0 ? null : (
          <section key={band} class={`match-band match-band-${band}`}>
            <h3>{codes.matchBand[band]}</h3>
            <ul>
              {found.map((match) => (
                <Match key={`${match.kind}${match.objectId}`} match={match} {...rest} />
              ))}
            </ul>
          </section>
        );
      })}
    </div>
  );
}
