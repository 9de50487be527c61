import type { Sniffed } from './sniff.js';

/** Decoders that may run on a hostile file, by ffmpeg's own names. */
export const allowedDecoders = [
  'h264',
  'hevc',
  'vp8',
  'vp9',
  'libdav1d',
  'libaom-av1',
  'av1',
  'mpeg4',
  'h263',
  'mpeg2video',
  'mpeg1video',
  'mjpeg',
  'prores',
  'gif',
  'aac',
  'mp3',
  'mp3float',
  'mp2',
  'mp2float',
  'opus',
  'libopus',
  'vorbis',
  'flac',
  'alac',
  'ac3',
  'eac3',
  'amrnb',
  'amrwb',
  'libopencore_amrnb',
  'libopencore_amrwb',
  'pcm_s16le',
  'pcm_s16be',
  'pcm_s24le',
  'pcm_s24be',
  'pcm_s32le',
  'pcm_f32le',
  'pcm_u8',
  'pcm_mulaw',
  'pcm_alaw',
  // Never decoded for an output, but a file that carries subtitles or a cover must still open.
  'subrip',
  'srt',
  'mov_text',
  'ass',
  'ssa',
  'webvtt',
  'png',
] as const;

/** Codec names as a probe reports them. */
export const allowedCodecs: readonly string[] = [...allowedDecoders, 'amr_nb', 'amr_wb'];

/**
 * Options that must stand before every hostile input: the one demuxer its first bytes call for (a
 * playlist can name other people's files, whatever it is called), files only, known decoders only.
 */
export function inputOptions(type: Sniffed): string[] {
  if (type.demuxer === null) throw new Error(`ffmpeg never opens ${type.mime}`);
  return [
    ...['-protocol_whitelist', 'file'],
    ...['-format_whitelist', type.demuxer],
    ...['-codec_whitelist', allowedDecoders.join(',')],
    ...['-probesize', '10000000', '-analyzeduration', '10000000'],
    ...['-f', type.demuxer],
  ];
}

/** Containers whose header says all that is needed to read packets and to decode sound. */
const selfDescribing: readonly Sniffed['demuxer'][] = ['mov', 'matroska'];

/**
 * As `inputOptions`, for reading packets or sound only: pictures are not decoded to guess at what the header says,
 * which would be more than half of the work.
 */
export function unguessedInputOptions(type: Sniffed): string[] {
  const guess = selfDescribing.includes(type.demuxer) ? ['-nofind_stream_info'] : [];
  return [...inputOptions(type), ...guess];
}

/** The `file:` prefix keeps a colon or a percent sign in a path from meaning something. */
export function fileUrl(path: string): string {
  return `file:${path}`;
}
