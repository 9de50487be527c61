import type { MediaKind } from '../contract/lists.js';
import type { UploadLimits } from '../contract/upload-limits.js';
import { tooLarge, unsupported } from './upload-problems.js';

/** A type decided by the first bytes of a file. */
export interface SniffedType {
  mime: string;
  kind: MediaKind;
}

/** Decides from the first 4 KB; throws an error whose `code` is a failure code for what is not taken. */
export type Sniff = (head: Buffer) => SniffedType;

/** How many of the first bytes decide. */
export const headBytes = 4096;

export interface FileRules {
  /** Throws for a type that is not taken here. */
  accept(head: Buffer): SniffedType;
  /** Throws for what is larger than its kind may be; while the kind is not known, than any may be. */
  measure(size: number, kind?: MediaKind): void;
  /** No kind that is taken may be larger, bytes. */
  largest: number;
}

export interface FileRulesOptions {
  sniff: Sniff;
  limits: UploadLimits;
  kinds: readonly MediaKind[];
  /** Lowers the limit of every kind, bytes. */
  maxBytes?: number;
}

/** What may come in, the same for a form and for a file in parts. */
export function fileRules({ sniff, limits, kinds, maxBytes }: FileRulesOptions): FileRules {
  const limitOf = (kind: MediaKind) => Math.min(limits[kind], maxBytes ?? Number.POSITIVE_INFINITY);
  const largest = Math.max(...kinds.map(limitOf));
  return {
    largest,
    accept(head) {
      const type = sniff(head);
      if (!kinds.includes(type.kind)) throw unsupported('type_not_allowed');
      return type;
    },
    measure(size, kind) {
      const limit = kind === undefined ? largest : limitOf(kind);
      if (size > limit) throw tooLarge(limit);
    },
  };
}
