import { stat } from 'node:fs/promises';
import type { MediaKind } from '../../server/contract/lists.js';
import type { FocalPoint } from '../../server/contract/recipe.js';
import { c2paHash } from './c2pa.js';
import { defaultLimits, type MediaLimits } from './limits.js';
import { type MediaFailure, toMediaFailure } from './media-failure.js';
import { leaveSource, prepareSource } from './prepare-source.js';
import { drawPreview } from './preview.js';
import { probeFile } from './probe.js';
import { sniffFile } from './sniff.js';
import type { MediaTools } from './tools.js';

/** What an uploaded file turned out to be. Sizes are upright pixels, null where they mean nothing. */
export interface Inspection {
  kind: MediaKind;
  mime: string;
  extension: string;
  bytes: number;
  width: number | null;
  height: number | null;
  durationMs: number | null;
  hasAudio: boolean;
  /** JPEG in the work directory, at most 640 px long: the picture, a video's frame or a sound's wave. */
  previewPath: string | null;
  previewWidth: number | null;
  previewHeight: number | null;
  suggestedFocal: FocalPoint | null;
  c2paPresent: boolean;
  c2paSha256: string | null;
}

export type InspectOutcome = { ok: true; inspection: Inspection } | { ok: false; failure: MediaFailure };

/** Reads one hostile upload: what it is, whether it decodes, and a picture of it. Never rejects. */
export async function inspect({
  inputPath,
  workDir,
  tools,
  signal,
  limits = defaultLimits,
}: {
  inputPath: string;
  workDir: string;
  tools: MediaTools;
  signal?: AbortSignal | undefined;
  limits?: MediaLimits;
}): Promise<InspectOutcome> {
  try {
    const type = await sniffFile(inputPath);
    const input = await prepareSource({ path: inputPath, workDir, tools, limits, signal });
    const probe = await probeFile(input);
    const preview = await drawPreview(input, probe);
    const c2paSha256 = await c2paHash(inputPath, type);
    const { size: bytes } = await stat(inputPath);
    const size = probe.image ?? probe.video;
    return {
      ok: true,
      inspection: {
        kind: probe.kind,
        mime: type.mime,
        extension: type.extension,
        bytes,
        width: size?.width ?? null,
        height: size?.height ?? null,
        durationMs: probe.durationMs,
        hasAudio: probe.audio !== null,
        previewPath: preview?.path ?? null,
        previewWidth: preview?.width ?? null,
        previewHeight: preview?.height ?? null,
        suggestedFocal: preview?.suggestedFocal ?? null,
        c2paPresent: c2paSha256 !== null,
        c2paSha256,
      },
    };
  } catch (error) {
    return { ok: false, failure: toMediaFailure(error) };
  } finally {
    await leaveSource({ workDir });
  }
}
