import type { FailureCode } from '../../server/contract/lists.js';
import { allowedDecoders } from './ffmpeg-input.js';
import { MediaFailure } from './media-failure.js';
import type { CommandResult } from './run-command.js';

/** From 6.1 on ffmpeg ends with the low byte of its error: of a number of the system, or of the tag `INDA`. */
const exitCodes: Readonly<Record<number, FailureCode>> = {
  183: 'damaged',
  // ENOSPC and EDQUOT.
  228: 'disk_full',
  134: 'disk_full',
  // ENOMEM; EAGAIN is a thread that could not be started, for its stack had no room.
  244: 'memory_limit',
  245: 'memory_limit',
};

/** Older ones end with 1 whatever it was; what they say is looked through for parts that were the same from 5 to 8. */
const signs: readonly (readonly [RegExp, FailureCode])[] = [
  [/No space left on device|Disk quota exceeded/i, 'disk_full'],
  [
    /Cannot allocate memory|failed to map segment|Resource temporarily unavailable|Error while allocating|malloc.* failed|out of memory|get_buffer\(\) failed/i,
    'memory_limit',
  ],
  // Encoders get numbers of ours, which they take: one that does not open has no room.
  [/Error while opening encoder/i, 'memory_limit'],
  [/exceeds specified max pixel count|Picture size \d+x\d+ is invalid/, 'too_many_pixels'],
  [/received signal 24/, 'time_limit'],
  [/not on whitelist/i, 'codec_not_allowed'],
  [
    /Invalid data found|corrupt|moov atom not found|partial file|Error while decoding|Invalid NAL|missing picture|EBML header parsing failed|Truncat|End of file|could not find codec parameters|Error submitting packet to decoder|Packet corrupt|Failed to read frame size/i,
    'damaged',
  ],
];

/** True when the program ended by itself and well. */
export function succeeded(result: CommandResult): boolean {
  return result.stopped === null && result.exitCode === 0;
}

const decoders: ReadonlySet<string> = new Set(allowedDecoders);

/**
 * Before 6.1 ffmpeg, told to stop at the first error, says nothing itself about what a decoder refuses; some decoders
 * say nothing either. Filters, files and encoders give names of their own, but for AAC and Opus, whose encoders refuse
 * only samples that are no numbers. Only the end is looked at: of a flood the beginning is cut off.
 */
function onlyDecodersSpoke(stderr: string): boolean {
  const lines = stderr.split('\n').filter((line) => line.trim() !== '');
  return lines.slice(-20).every((line) => decoders.has(/^\[(\w+) @ 0x/.exec(line)?.[1] ?? ''));
}

/** Why a media program did not finish well, from how it ended and what it said. */
export function programFailure(result: CommandResult, fallback: FailureCode): MediaFailure {
  const cause = new Error(
    `exit ${result.exitCode ?? result.signal ?? 'none'}: ${result.stderr.slice(-2000)}`,
  );
  if (result.stopped === 'output_limit') return new MediaFailure('damaged', {}, cause);
  if (result.stopped !== null) return new MediaFailure(result.stopped, {}, cause);
  if (result.signal === 'SIGXCPU') return new MediaFailure('time_limit', {}, cause);
  if (result.signal === 'SIGXFSZ') return new MediaFailure('does_not_fit_bytes', {}, cause);
  // Nobody here sent it: the kernel does when memory runs out.
  if (result.signal === 'SIGKILL') return new MediaFailure('memory_limit', {}, cause);
  for (const [sign, code] of signs) {
    if (sign.test(result.stderr)) return new MediaFailure(code, {}, cause);
  }
  if (result.exitCode === 1 && onlyDecodersSpoke(result.stderr))
    return new MediaFailure('damaged', {}, cause);
  return new MediaFailure(exitCodes[result.exitCode ?? 0] ?? fallback, {}, cause);
}

/** As `programFailure`, of a program that only reads: a header for which two gigabytes do not suffice lies. */
export function readingFailure(result: CommandResult): MediaFailure {
  const failure = programFailure(result, 'damaged');
  const refused = failure.code === 'memory_limit' && result.signal === null;
  return refused ? new MediaFailure('damaged', {}, failure.cause) : failure;
}
