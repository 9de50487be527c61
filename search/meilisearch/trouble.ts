import { MeilisearchApiError, MeilisearchRequestError } from 'meilisearch';

/**
 * What went wrong: the server could not be reached in time (`away`), refused what was asked (`refused`), answered
 * something else than it documents (`malformed`), or a task ended otherwise than asked (`task`), is not known any more
 * (`lost`) or was not done in time (`slow`).
 */
export type TroubleKind = 'away' | 'refused' | 'malformed' | 'task' | 'lost' | 'slow';

/** Meilisearch did not do what it was asked to, in words; never holds a key. */
export class MeilisearchTrouble extends Error {
  readonly kind: TroubleKind;
  /** Meilisearch's own code for it, or the socket's, when there is one. */
  readonly code: string | null;

  constructor(kind: TroubleKind, message: string, { code = null, cause }: TroubleOptions = {}) {
    super(message, { cause });
    this.name = 'MeilisearchTrouble';
    this.kind = kind;
    this.code = code;
  }
}

interface TroubleOptions {
  code?: string | null;
  cause?: unknown;
}

/** Asks, and gives every failure as a `MeilisearchTrouble`. */
export async function asking<T>(what: string, request: () => Promise<T>): Promise<T> {
  try {
    return await request();
  } catch (error) {
    throw troubleOf(what, error);
  }
}

function troubleOf(what: string, error: unknown): unknown {
  if (error instanceof MeilisearchApiError) {
    const { status } = error.response;
    const code = error.cause?.code ?? null;
    // A proxy in front says this of a server that is away.
    if (status === 502 || status === 503 || status === 504) {
      return new MeilisearchTrouble('away', `Meilisearch is away: ${what} (${status})`, { code });
    }
    return new MeilisearchTrouble('refused', `Meilisearch refused to ${what}: ${error.message}`, { code });
  }
  if (error instanceof MeilisearchRequestError) {
    const code = reasonOf(error.cause);
    return new MeilisearchTrouble('away', `Meilisearch does not answer: ${what} (${code})`, {
      code,
      cause: error.cause,
    });
  }
  if (error instanceof SyntaxError) {
    return new MeilisearchTrouble('malformed', `Meilisearch gave no JSON when asked to ${what}`, {
      cause: error,
    });
  }
  return error;
}

function reasonOf(cause: unknown): string {
  if (!(cause instanceof Error)) return 'no reason given';
  // fetch hides the reason of the socket in the cause of its own error.
  const deepest = cause.cause instanceof Error ? cause.cause : cause;
  return 'code' in deepest && typeof deepest.code === 'string' ? deepest.code : deepest.message;
}
