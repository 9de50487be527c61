import type { FailureDetails } from '../server/contract/failures.js';
import type { FormatSpec } from '../server/contract/format.js';
import type { FailureCode, Lane, MediaKind } from '../server/contract/lists.js';
import type { FocalPoint, Recipe } from '../server/contract/recipe.js';
import type { StoredFile } from './files/file-store.js';
import type { MediaPrints } from './media/prints/media-prints.js';

/** The part of the program's logger that workers use; pino and Fastify's logger fit. */
export interface Logger {
  debug(details: object, message: string): void;
  info(details: object, message: string): void;
  warn(details: object, message: string): void;
  error(details: object, message: string): void;
}

/** A worker process as the database knows it. */
export interface WorkerIdentity {
  id: string;
  host: string;
  pid: number;
  lanes: readonly Lane[];
}

/** A live worker and how often it has sent a heartbeat. */
export interface WorkerPulse {
  id: string;
  beats: number;
}

/** A job this worker has, as the database sees it. */
export interface HeldJob {
  jobId: string;
  fence: number;
  cancelRequested: boolean;
}

/** A job a worker has just made its own. */
export interface ClaimedJob {
  id: string;
  name: string;
  lane: Lane;
  payload: unknown;
  /** Names this claim; every later write of it says so and is refused when the job was taken away. */
  fence: number;
  /** Earlier runs that ended by themselves. */
  attempts: number;
  maxAttempts: number;
}

/** How a run ended. Only `done`, `retry` and `failed` count as an attempt. */
export type JobOutcome =
  | { kind: 'done' }
  | { kind: 'failed'; reason: FailureCode; details?: FailureDetails | undefined }
  | { kind: 'retry'; reason: FailureCode; details?: FailureDetails | undefined; afterMs: number }
  | { kind: 'cancelled' }
  /** Given back: unharmed because the worker stops, or as after a crash because the worker lost track of it. */
  | { kind: 'returned'; crashed: boolean };

/** Writes of a handler, in the transaction that also checks the fence. */
export type Commit<Tx> = (transaction: Tx) => Promise<void>;

/** What one look after dead workers and lost jobs has mended. */
export interface Recovery {
  /** Jobs of dead workers that wait again. */
  requeued: number;
  /** Jobs whose workers died too often: failed with `gave_up_after_crashes`. */
  gaveUp: number;
  /** Waiting jobs that no queue knew of any more. */
  offered: number;
}

/**
 * The rows that decide about jobs. `Tx` is the server's transaction, opaque here. Every write of a run
 * is made only while the fence is still the claim's: false means the job is another's now and the run's
 * results are to be thrown away.
 */
export interface JobStore<Tx> {
  /** Enters a worker; also brings back one that was counted dead. */
  register(worker: WorkerIdentity): Promise<void>;
  /** One heartbeat; gives the jobs the worker still has, or null when it has to register again. */
  beat(workerId: string): Promise<HeldJob[] | null>;
  /** The worker ends; jobs it still has go to others at the next recovery. */
  retire(workerId: string): Promise<void>;
  /** Workers that have neither ended nor been counted dead. */
  pulses(): Promise<WorkerPulse[]>;
  /** Counts a worker dead, unless it has sent a heartbeat since `beats`. */
  bury(pulse: WorkerPulse): Promise<boolean>;
  /** Frees the jobs of workers that have ended and offers jobs that the queue has lost. */
  recover(): Promise<Recovery>;
  /** Whether the job has been in the hands of so many workers that died that it had better run with no other beside it. */
  isSuspect(jobId: string): Promise<boolean>;
  /** Makes a waiting job the worker's; null when there is nothing to do (settled, cancelled, taken, not due). */
  claim(jobId: string, workerId: string): Promise<ClaimedJob | null>;
  /** Notes how far a run is, 0 to 1. */
  progress(claim: JobClaim, fraction: number): Promise<boolean>;
  /** Keeps a part of a run's results before its end. */
  checkpoint(claim: JobClaim, commit: Commit<Tx>): Promise<boolean>;
  /** Ends a run, together with the handler's own writes. */
  settle(claim: JobClaim, outcome: JobOutcome, commit?: Commit<Tx>): Promise<boolean>;
}

/** The part of a claim that its writes have to name. */
export type JobClaim = Pick<ClaimedJob, 'id' | 'fence'>;

/** A source and what is still to be made of it. */
export interface RenditionWork {
  fileSha256: string;
  /** Made by the server: the file is a card to be drawn, not a picture. Nothing in an upload can say so. */
  generated: boolean;
  /** Only those neither ready nor failed; a repeat does not make again what is made. */
  renditions: readonly { id: string; format: FormatSpec; recipe: Recipe }[];
}

/** A finished rendition: its file is in the store and was probed against its format. */
export interface MadeRendition {
  id: string;
  file: StoredFile;
  mime: string;
  width: number | null;
  height: number | null;
  durationMs: number | null;
  /** Everything the probe measured, for people and for later checks. */
  probe: Readonly<Record<string, number | string | null>>;
}

/** Why a file or rendition cannot be made, with the measured values its sentence names. */
export interface WorkFailure {
  reason: FailureCode;
  details: FailureDetails;
}

/** What rendering needs of the database. Writes are part of a transaction of the job and need not check its fence. */
export interface RenditionStore<Tx> {
  /** Null when the creative does not exist. */
  load(work: { creativeId: string; renditionIds: readonly string[] }): Promise<RenditionWork | null>;
  /** queued → processing; those already processing stay so. */
  started(transaction: Tx, renditionIds: readonly string[]): Promise<void>;
  /** processing → ready, with the file's own row. */
  made(transaction: Tx, rendition: MadeRendition): Promise<void>;
  /** processing → failed. */
  failed(transaction: Tx, renditionId: string, failure: WorkFailure): Promise<void>;
}

/** What an uploaded file turned out to be; sizes are upright pixels, null where they mean nothing. */
export interface InspectedCreative {
  /** By what is in it: a video container that holds only sound is a sound, a moving GIF a video. */
  kind: MediaKind;
  width: number | null;
  height: number | null;
  durationMs: number | null;
  hasAudio: boolean;
  preview: StoredFile | null;
  previewMime: string;
  /** Proposed to the designer, who confirms or moves it. */
  suggestedFocal: FocalPoint | null;
  c2paPresent: boolean;
}

/** What inspecting needs of the database. */
export interface CreativeStore<Tx> {
  /** Null when there is nothing to inspect: no such creative, or it is inspected already. */
  toInspect(creativeId: string): Promise<{ fileSha256: string; generated: boolean } | null>;
  /** queued → processing. */
  started(transaction: Tx, creativeId: string): Promise<void>;
  inspected(transaction: Tx, creativeId: string, found: InspectedCreative): Promise<void>;
}

/** A small picture of a card in one frame, or why there can be none. */
export type MadeCardPreview = { file: StoredFile; mime: string } | { failure: WorkFailure };

/** What previews of cards need of the database. */
export interface CardPreviewStore<Tx> {
  /** The card's file and the names of the frames it was drawn in already; null when the creative is no card. */
  toPreview(creativeId: string): Promise<{ fileSha256: string; drawn: readonly string[] } | null>;
  previewed(transaction: Tx, of: { creativeId: string; frame: string }, made: MadeCardPreview): Promise<void>;
}

/** The fingerprints of one file. */
export interface MadePrints extends MediaPrints {
  /** False where this machine's ffmpeg could not print sounds. */
  sounds: boolean;
}

/** What printing needs of the database. */
export interface PrintStore<Tx> {
  /** Null when there is nothing to print: the file is gone, or printed already. */
  toPrint(printId: string): Promise<{ fileSha256: string; generated: boolean } | null>;
  printed(transaction: Tx, printId: string, made: MadePrints): Promise<void>;
}
