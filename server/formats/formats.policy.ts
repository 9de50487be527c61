import Value from 'typebox/value';
import type { Names } from '../contract/common.js';
import type { FormatInfo } from '../contract/creative.js';
import { FormatSpec } from '../contract/format.js';
import type { Platform } from '../contract/lists.js';

/** A version of a format that is in force: new renditions are made by it. */
export interface ActiveFormat {
  versionId: string;
  spec: FormatSpec;
  name: Names;
}

/** Reads the numbers of a format back from the database. */
export function readSpec(value: unknown): FormatSpec {
  if (!Value.Check(FormatSpec, value)) throw new TypeError('a stored format does not have the agreed shape');
  return value;
}

/** The platform a format is listed under. */
export function firstPlatform({ code, platforms }: FormatSpec): Platform {
  const [platform] = platforms;
  if (platform === undefined) throw new TypeError(`format ${code} names no platform`);
  return platform;
}

function share(pixels: number, length: number): number {
  return Math.round((pixels / length) * 10_000) / 10_000;
}

/** What people see of a format; pixels at the edges become shares of the frame. */
export function formatInfo({ spec, name }: Pick<ActiveFormat, 'spec' | 'name'>): FormatInfo {
  const { frame, safeZone, maxDurationMs } = spec;
  const size = frame?.fit === 'exact' ? frame : null;
  return {
    code: spec.code,
    number: spec.version,
    platform: firstPlatform(spec),
    platforms: spec.platforms,
    kind: spec.kind,
    accepts: spec.accepts,
    name,
    width: size?.width ?? null,
    height: size?.height ?? null,
    longEdge: frame?.fit === 'long_edge' ? frame.longEdge : null,
    maxBytes: spec.maxBytes,
    maxDurationSeconds: maxDurationMs === null ? null : maxDurationMs / 1000,
    safeZone:
      safeZone && size
        ? {
            left: share(safeZone.left, size.width),
            top: share(safeZone.top, size.height),
            right: share(safeZone.right, size.width),
            bottom: share(safeZone.bottom, size.height),
          }
        : null,
    mask: spec.mask ?? null,
    defaultFraming: spec.defaultFraming,
  };
}
