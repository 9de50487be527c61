import type { LiveTopic } from '../contract/lists.js';

/** A change that others may want to hear of: ids only, never content. */
export interface LiveEvent {
  topic: LiveTopic;
  id: string;
  /** Set when only this member may hear it. */
  memberId?: string;
  /** Set when only the desk and members at or below this unit may hear it. */
  unitId?: string;
  /** Set when only desk members placed on one of these units may hear it: a restricted thing's unit and all above. */
  ownerPath?: readonly string[];
}

/** Carries live events between processes. */
export interface Live {
  publish(event: LiveEvent): Promise<void>;
  /** Calls back for every event from any process; returns the way to stop. */
  subscribe(listener: (event: LiveEvent) => void): () => void;
  close(): Promise<void>;
}
