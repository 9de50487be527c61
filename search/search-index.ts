import type { AuthenticityCode, ClaimState, MediaKind, VerdictCode } from '../server/contract/lists.js';

/** What kind of thing a document stands for. */
export type IndexedKind = 'fact' | 'claim';

/** One searchable thing, complete with who may see it. Built by the server from the database, never edited in the index. */
export interface IndexDocument {
  /** `fact:<check version id>` or `claim:<claim id>`. */
  id: string;
  kind: IndexedKind;
  objectId: string;
  clusterId: string;
  /** The claim's words and every language's headline and summary. */
  texts: { language: string; headline: string; body: string }[];
  /** Original words of the claims in the cluster, as forwarded. */
  claimTexts: string[];
  verdict: VerdictCode | null;
  authenticity: AuthenticityCode | null;
  state: ClaimState | null;
  /** ISO date the fact holds as of, or the claim was logged on. */
  date: string;
  /** Owner unit and all units above it: a member placed on one of them may see a restricted document. */
  ownerPath: string[];
  restricted: boolean;
  /** Units a live pack with this fact was released to. District members see nothing else. */
  releasedUnits: string[];
  /** Code of what it is about, in the organisation's own table of topics. */
  topic: string | null;
  /** Districts (or what the organisation has in their place) that its claims came from. For the desk alone. */
  places: string[];
  /** Kinds of media that carried its claims. */
  mediaKinds: MediaKind[];
}

/** Who is asking; the same rule as the routes. */
export interface SearchAudience {
  /** Sees the whole organisation's unrestricted documents. */
  desk: boolean;
  /** Units the member is placed on (authority over restricted documents below them). */
  units: string[];
  /** Those units and all units above them; empty while a silence window covers the member. */
  releasedTo: string[];
}

export interface SearchQuery {
  text: string;
  audience: SearchAudience;
  kinds?: IndexedKind[];
  verdicts?: VerdictCode[];
  /** Only documents with a text in one of these languages. */
  languages?: string[];
  topics?: string[];
  /** Without effect for an audience that is no desk: where others' claims came from is not its to know. */
  places?: string[];
  mediaKinds?: MediaKind[];
  /** ISO days, both included. */
  from?: string;
  to?: string;
  /** Best first when left out. */
  sort?: 'best' | 'newest';
  /** Zero-based; at most 200. */
  offset?: number;
  /** 20 when left out; at most 100. */
  limit?: number;
}

export interface SearchHit {
  id: string;
  kind: IndexedKind;
  objectId: string;
  clusterId: string;
  /** Relative to the best hit's 1. */
  score: number;
  /** The document's own words that matched, for highlighting in the original script. */
  matched: string[];
}

export interface SearchResult {
  hits: SearchHit[];
  /** Visible documents that matched. */
  total: number;
  facets: SearchFacets;
}

/** Visible matches by value. Each facet counts before its own filter and after the others, so that other values can be offered. */
export interface SearchFacets {
  kinds: Partial<Record<IndexedKind, number>>;
  verdicts: Partial<Record<VerdictCode, number>>;
  authenticities: Partial<Record<AuthenticityCode, number>>;
  languages: Record<string, number>;
  topics: Record<string, number>;
  /** Empty for an audience that is no desk. */
  places: Record<string, number>;
  mediaKinds: Partial<Record<MediaKind, number>>;
}

/** What nothing found counts. */
export function noFacets(): SearchFacets {
  return {
    kinds: {},
    verdicts: {},
    authenticities: {},
    languages: {},
    topics: {},
    places: {},
    mediaKinds: {},
  };
}

/** A long text (a forward) and the documents most like it. */
export interface CandidateQuery {
  text: string;
  audience: SearchAudience;
  kinds?: IndexedKind[];
  /** 50 when left out; at most 200. */
  limit?: number;
  excludeIds?: string[];
  /** Of those that come after the first so many, only the ones with this share, 0 to 1, of the best one's score. */
  least?: { after: number; score: number };
}

/** A document with its passages, for a scorer above the port. */
export interface Candidate extends Omit<SearchHit, 'matched'> {
  /** Each claim, headline and body apart, so that a long body does not hide a short claim. */
  passages: string[];
}

export interface IndexHealth {
  ready: boolean;
  documents: number;
  /** In words, when not ready. */
  reason?: string;
  /** It can be reached and holds nothing that was ever complete: whoever follows for it must fill it. */
  unfilled?: true;
}

/** Why the standby answers instead of the main index, in words; null while the main one does. */
export type Standby = { reason: string } | null;

/**
 * Finds verified facts and claims by words. A cache of the database: it can always be rebuilt.
 */
export interface SearchIndex {
  /** Adds or replaces documents by id. */
  upsert(documents: IndexDocument[]): Promise<void>;
  remove(ids: string[]): Promise<void>;
  /**
   * Short typed text: prefix on the last word, typos, filters, counts, paging. Documents with every word
   * if there are any, else with some. Blank text lists everything visible, newest first.
   */
  search(query: SearchQuery): Promise<SearchResult>;
  /** A whole forward: any shared words count, no fuzzy expansion. */
  candidates(query: CandidateQuery): Promise<Candidate[]>;
  /**
   * Replaces everything with the given documents without a gap for readers. Writes made meanwhile
   * survive it; when the documents cannot be read it rejects and the old content stays.
   */
  rebuild(documents: AsyncIterable<IndexDocument[]>): Promise<void>;
  /**
   * Keeps the content beyond the end of this process, with a mark saying how far it goes. False when the engine
   * has no place for it.
   */
  keep(mark: string): Promise<boolean>;
  /** Takes up what was kept, once, and gives its mark. Null when nothing whole of this version was kept. */
  resume(): Promise<string | null>;
  health(): Promise<IndexHealth>;
}
