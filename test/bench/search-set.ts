export interface SetFact {
  id: string;
  text: string;
  title?: string;
}

export interface SetQuery {
  id: string;
  text: string;
  lang: string;
}

/** Facts, questions about them, and which facts answer which question. */
export interface SearchSet {
  name: string;
  facts: SetFact[];
  queries: SetQuery[];
  relevant: Map<string, Set<string>>;
  /** Typed words, not a forward. */
  typed: boolean;
}
