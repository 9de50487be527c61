import type { ComponentChildren } from 'preact';
import type { ClaimMatch } from '../../../server/contract/claim.js';
import { useCodes } from '../../i18n/codes.js';
import { nameIn, useFormat, useLanguage, useText } from '../../i18n/language.js';
import { Button } from '../../parts/button.js';
import { Highlight } from '../../parts/highlight.js';
import { ErrorState } from '../../parts/messages.js';
import { StateChip } from '../../parts/state-chip.js';
import { VerdictMark } from '../../parts/verdict-mark.js';
import { groupMatches, wordPairs } from './match-order.js';
import { texts } from './texts.js';
import type { Matches } from './use-matches.js';
import './matches.css';

export interface MatchActs {
  /** Opens links in a new tab, so that a form is not lost. */
  newTab?: boolean;
  /** Word on the button that brings together. */
  joinWord?: (match: ClaimMatch) => string;
  /** Cluster that is being joined. */
  joining?: string | null;
  onJoin?: (match: ClaimMatch) => void;
  /** The match itself is moved, not joined to: what leads a check of its own stays. */
  moves?: boolean;
}

/** How often and when it was met, as far as one may know. */
function SeenLine({ match: { kind, seen } }: { match: ClaimMatch }) {
  const t = useText(texts);
  const format = useFormat();
  const { claims, units, firstSeen, lastSeen } = seen;
  if (claims < (kind === 'fact' ? 1 : 2)) return null;
  return (
    <p class="match-seen">
      <strong>
        {t(kind === 'fact' ? 'answeredTitle' : 'seenTimes', { count: claims })}
        {units > 1 ? ` · ${t('fromUnitsCount', { count: units })}` : null}
      </strong>{' '}
      {firstSeen && lastSeen ? (
        <span class="faint">
          {t('since', { date: format.date(firstSeen) })}
          {claims > 1 ? `, ${t('lastSeen', { date: format.date(lastSeen) })}` : null}
        </span>
      ) : null}
    </p>
  );
}

function WordsMet({ reasons }: Pick<ClaimMatch, 'reasons'>) {
  const t = useText(texts);
  if (reasons.length === 0) return null;
  return (
    <p class="match-met">
      <span>{t('wordsMet')}</span>
      {wordPairs(reasons).map(({ text, found }) => (
        <span key={`${text} ${found}`} class="word-pair" lang="und">
          {text}
          {found === null ? null : (
            <>
              <span aria-hidden="true"> = </span>
              <span class="hidden">{t('foundAs')}</span>
              {found}
            </>
          )}
        </span>
      ))}
    </p>
  );
}

export function Match({ match, ...acts }: { match: ClaimMatch } & MatchActs) {
  const t = useText(texts);
  const { kind, objectId, headline, language, verdict, state, reasons, clusterId } = match;
  const stays = acts.moves === true && match.leadsCheck;
  const href = kind === 'fact' ? `/library/${objectId}` : `/desk/${objectId}`;
  return (
    <li class="match">
      <p class="row">
        {verdict ? <VerdictMark code={verdict} /> : null}
        {state ? <StateChip kind="claimState" code={state} /> : null}
        <span class="faint match-kind">{t(kind === 'fact' ? 'matchFact' : 'matchClaim')}</span>
      </p>
      <p class="match-words clamp" lang={language}>
        <Highlight text={headline} words={reasons.map(({ document }) => document)} />
      </p>
      <SeenLine match={match} />
      <WordsMet reasons={reasons} />
      <p class="row">
        <Button small href={href} {...(acts.newTab ? { newTab: true, icon: 'external' } : {})}>
          {t('open')}
        </Button>
        {stays ? <span class="hint">{t('leadsCheck')}</span> : null}
        {acts.onJoin && !stays ? (
          <Button
            small
            look={match.band === 'related' ? 'quiet' : 'plain'}
            icon="link"
            busy={acts.joining === clusterId}
            disabled={Boolean(acts.joining)}
            onPress={() => acts.onJoin?.(match)}
          >
            {acts.joinWord?.(match) ?? t(kind === 'fact' ? 'joinFact' : 'join')}
          </Button>
        ) : null}
      </p>
    </li>
  );
}

export interface MatchGroupsProps extends MatchActs {
  items: readonly ClaimMatch[];
  answersFirst?: boolean;
  /** They answer an older question: shown faintly, and nothing can be pressed. */
  old?: boolean;
}

/** Matches from the surest band down: each band has its word and its shape. */
export function MatchGroups({ items, answersFirst = false, old = false, ...acts }: MatchGroupsProps) {
  const t = useText(texts);
  const codes = useCodes();
  return (
    <div class="match-bands" inert={old} aria-busy={old}>
      {groupMatches(items, { answersFirst }).map(({ name, items: found }) => (
        <section key={name} class={`match-band match-band-${name}`}>
          <h3>{name === 'answer' ? t('answeredAlready') : codes.matchBand[name]}</h3>
          <ul>
            {found.map((match) => (
              <Match key={`${match.kind}${match.objectId}`} match={match} {...acts} />
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}

export interface MatchListProps extends MatchActs {
  matches: Matches;
  /** In place of the list while too little is written. */
  idle?: ComponentChildren;
  answersFirst?: boolean;
}

/** What says the same as a text. */
export function MatchList({ matches, idle, ...rest }: MatchListProps) {
  const t = useText(texts);
  const { language } = useLanguage();
  if (matches.problem) return <ErrorState problem={matches.problem} onRetry={matches.retry} />;
  if (matches.idle) return <p class="hint">{idle ?? t('noMatches')}</p>;
  const nothing = matches.fetching || matches.old ? t('looking') : t('noMatches');
  return (
    <>
      {matches.notice ? <p class="hint">{nameIn(matches.notice, language)}</p> : null}
      {matches.items.length === 0 ? (
        <p class="hint">{nothing}</p>
      ) : (
        <MatchGroups items={matches.items} old={matches.old} {...rest} />
      )}
    </>
  );
}
