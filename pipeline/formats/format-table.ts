import type { AudioSettings, FormatSpec } from '../../server/contract/format.js';
import type { Platform } from '../../server/contract/lists.js';

const platformNames: Readonly<Record<Platform, string>> = {
  whatsapp: 'WhatsApp',
  facebook: 'Facebook',
  instagram: 'Instagram',
  x: 'X',
  youtube: 'YouTube',
  print: 'print',
  dialler: 'dialler',
};
const soundNames: Readonly<Record<AudioSettings['codec'], string>> = {
  aac: 'AAC',
  opus: 'Opus',
  pcm_s16le: '16-bit PCM',
  pcm_alaw: 'A-law',
  pcm_mulaw: 'µ-law',
};

function fileOf(format: FormatSpec): string {
  const { container } = format;
  if (format.kind === 'video') {
    const { profile, bFrames } = format.video;
    const kind = `${profile === 'high' ? 'High' : 'Main'}${bFrames ? '' : ', no B-frames'}`;
    return `MP4: H.264 ${kind}; AAC ${format.audio.kbps} kbit/s`;
  }
  if (format.kind === 'audio') {
    const { codec, sampleRate, channels } = format.audio;
    return `${container.toUpperCase()}: ${soundNames[codec]}, ${sampleRate / 1000} kHz, ${channels === 1 ? 'mono' : 'stereo'}`;
  }
  return format.image.codec === 'jpeg'
    ? 'JPEG'
    : `${format.image.codec.toUpperCase()}, ${format.image.dpi} dpi`;
}

function frameOf({ frame, mask }: FormatSpec): string {
  if (!frame) return '–';
  if (frame.fit === 'long_edge') return `own shape, ≤ ${frame.longEdge}`;
  return `${frame.width} × ${frame.height}${mask ? ', shown as a circle' : ''}`;
}

function megabytes(bytes: number): string {
  return `${bytes / 1_000_000} MB`;
}

function limitsOf(format: FormatSpec): string {
  const { minDurationMs, maxDurationMs, maxBytes } = format;
  const parts = [`≤ ${megabytes(maxBytes)}`];
  if (maxDurationMs !== null) {
    const from = minDurationMs === null ? '≤ ' : `${minDurationMs / 1000}–`;
    parts.push(`${from}${maxDurationMs / 1000} s`);
  }
  if (format.kind === 'video')
    parts.push(`≤ ${format.video.maxKbps / 1000} Mbit/s, ≤ ${format.video.maxFps} fps`);
  if (format.kind === 'audio') parts.push(`${format.audio.loudness.lufs} LUFS`);
  if (format.kind === 'audio' && 'maxPeak' in format.audio)
    parts.push(`peaks ≤ ${format.audio.maxPeak} dBFS`);
  return parts.join(', ');
}

/** Covered edges in the order of CSS: top, right, bottom, left. */
function coveredOf({ safeZone }: FormatSpec): string {
  if (!safeZone) return '–';
  const { top, right, bottom, left } = safeZone;
  return new Set([top, right, bottom, left]).size === 1 ? `${top}` : `${top} ${right} ${bottom} ${left}`;
}

/** The platform table as the README shows it: Markdown, one line a format, in the order of the table. */
export function formatTable(formats: readonly FormatSpec[]): string {
  const rows = formats.map((format) => [
    `\`${format.code}\``,
    format.platforms.map((platform) => platformNames[platform]).join(', '),
    format.accepts.join(', '),
    fileOf(format),
    frameOf(format),
    coveredOf(format),
    limitsOf(format),
  ]);
  const head = ['format', 'for', 'made from', 'file', 'frame, px', 'keep clear, px', 'limits'];
  const lines = [head, head.map(() => '---'), ...rows];
  return lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
