import type { MediaKind } from '../../server/contract/lists.js';
import type { MediaLimits } from './limits.js';
import type { ImageProbe } from './probe-image.js';
import type { AudioStream, VideoStream } from './probe-streams.js';
import type { Sniffed } from './sniff.js';
import type { MediaTools } from './tools.js';

/** What a source file is, as far as can be told without decoding all of it. */
export interface Probe {
  type: Sniffed;
  /** Settled: a container with only sound is audio, a GIF that moves is video. */
  kind: MediaKind;
  bytes: number;
  durationMs: number | null;
  image: ImageProbe | null;
  video: VideoStream | null;
  audio: AudioStream | null;
}

export interface ProbeInput {
  path: string;
  workDir: string;
  tools: MediaTools;
  limits: MediaLimits;
  signal?: AbortSignal | undefined;
}
