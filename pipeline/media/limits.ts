/** What one hostile file may cost. Every number is a ceiling; tests and small machines lower them. */
export interface MediaLimits {
  /** Pixels of one picture. 50 megapixels cover every phone; a 1 MB PNG can claim 256. */
  maxPixels: number;
  /** Frames times pixels of an animated picture: 60 KB of GIF can cost 80 s of CPU without it. */
  maxAnimatedPixels: number;
  /** Pixels of one video frame: 4K and a little more. A 4 KB VP8 file that claims 16000 x 16000 takes 7 GB. */
  maxVideoPixels: number;
  /** Frames of a video: four hours at 60 a second. */
  maxVideoFrames: number;
  maxDurationMs: number;
  maxStreams: number;
  /** Shorter edge of a picture or video below which nothing readable can be made. */
  minEdge: number;
  /** A pause between two frames longer than this is an attack on constant frame rate output. */
  maxGapMs: number;
  /** Wall clock of reading a header. */
  probeWallMs: number;
  /** Wall clock of reading every packet once, without decoding. */
  walkWallMs: number;
  /** Wall clock of decoding or encoding one picture. */
  imageWallMs: number;
  /** Wall clock of a render: `renderWallBaseMs` plus this many times the duration. */
  renderWallPerDuration: number;
  renderWallBaseMs: number;
  /** A running program that makes no progress this long is killed. */
  stallMs: number;
  /** Address space of ffprobe and of small ffmpeg runs. */
  probeMemoryBytes: number;
  /** Address space of a render; four outputs of 1080p were seen at 0.8 GB resident and 2.2 GB mapped. */
  renderMemoryBytes: number;
  /** Threads per encoder: memory grows with them. */
  threads: number;
}

/** Ceilings for a machine of two cores and 4 GB; the attacks named above were measured against these. */
export const defaultLimits: MediaLimits = {
  maxPixels: 50_000_000,
  maxAnimatedPixels: 1_000_000_000,
  maxVideoPixels: 4096 * 2304,
  maxVideoFrames: 4 * 3600 * 60,
  maxDurationMs: 4 * 3_600_000,
  maxStreams: 16,
  minEdge: 64,
  maxGapMs: 300_000,
  probeWallMs: 30_000,
  walkWallMs: 120_000,
  imageWallMs: 60_000,
  renderWallPerDuration: 40,
  renderWallBaseMs: 120_000,
  stallMs: 60_000,
  probeMemoryBytes: 2 * 1024 ** 3,
  renderMemoryBytes: 4 * 1024 ** 3,
  threads: 4,
};
