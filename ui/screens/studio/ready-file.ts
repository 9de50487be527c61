import type { MediaKind } from '../../../server/contract/lists.js';

/** A file whose declaration is complete. */
export interface ReadyFile {
  key: string;
  file: File;
  kind: MediaKind;
  /** Sent whether it is there already or not. */
  anyway: boolean;
  fields: Readonly<Record<string, string | undefined>>;
}
