import type { LiveTopic } from '../contract/lists.js';

/** A change that others may want to hear of: ids only, never content. */
export interface LiveEvent {
  topic: LiveTopic;
  id: string;
  /** Set when only this member may hear it. */
  memberId?: string;
  /** Set when only members at, below or above this unit may hear it. */
  unitId?: string;
}

/** Carries live events between processes. */
export interface Live {
  publish(event: LiveEvent): Promise<void>;
  /** Calls back for every event from any process; returns the way to stop. */
  subscribe(listener: (event: LiveEvent) => void): () => void;
  close(): Promise<void>;
}
