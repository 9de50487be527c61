import { type QueryClient, useQueryClient } from '@tanstack/preact-query';
import { useEffect } from 'preact/hooks';
import { type LiveTopic, liveTopics } from '../../server/contract/lists.js';
import { addressOf } from './client.js';
import { refreshReads } from './queries.js';

/** What a change of each topic makes old. */
const touches: Readonly<Record<LiveTopic, readonly string[]>> = {
  claim: ['claims.'],
  check: ['checks.', 'claims.', 'library.', 'packs.'],
  creative: ['creatives.'],
  rendition: ['creatives.', 'packs.'],
  job: ['jobs.'],
  pack: ['packs.'],
  release: ['packs.', 'inbox.', 'library.', 'claims.'],
  recall: ['packs.', 'inbox.', 'library.', 'claims.'],
  member: ['session.me', 'members.'],
};

/** Changes within this time are asked for together, so that a busy desk does not flood the line. */
const gatherMs = 250;
const firstWaitMs = 1000;
const longestWaitMs = 30_000;

function topicOf(data: string): LiveTopic | undefined {
  try {
    const body: unknown = JSON.parse(data);
    const topic = typeof body === 'object' && body !== null && 'topic' in body ? body.topic : undefined;
    return liveTopics.find((known) => known === topic);
  } catch {
    return undefined;
  }
}

/** Listens to the server's changes and refreshes what they touch, until the returned stop is called. */
export function listen(queries: QueryClient): () => void {
  let source: EventSource | undefined;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let gather: ReturnType<typeof setTimeout> | undefined;
  let wait = firstWaitMs;
  let opened = false;
  const waiting = new Set<string>();

  function touch(prefixes: readonly string[]): void {
    for (const prefix of prefixes) waiting.add(prefix);
    gather ??= setTimeout(() => {
      gather = undefined;
      const now = [...waiting];
      waiting.clear();
      void refreshReads(queries, now);
    }, gatherMs);
  }

  function connect(): void {
    source = new EventSource(addressOf('live.stream'));
    source.onopen = () => {
      wait = firstWaitMs;
      // What changed while we were away is unknown: ask for all of it.
      if (opened) touch(Object.values(touches).flat());
      opened = true;
    };
    source.onmessage = ({ data }) => {
      const topic = topicOf(String(data));
      if (topic) touch(touches[topic]);
    };
    source.onerror = () => {
      // The browser reconnects by itself after a cut, but not after a refusal.
      if (source?.readyState !== EventSource.CLOSED) return;
      retry = setTimeout(connect, wait);
      wait = Math.min(wait * 2, longestWaitMs);
    };
  }

  connect();
  return () => {
    source?.close();
    clearTimeout(retry);
    clearTimeout(gather);
  };
}

export function useLive(): void {
  const queries = useQueryClient();
  useEffect(() => listen(queries), [queries]);
}
