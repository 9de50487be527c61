import type { MediaKind } from '../../../server/contract/lists.js';
import { readLocal, writeLocal } from '../../api/local.js';

/** An upload in parts as this device remembers it, so that it goes on after the page was closed. */
export interface Remembered {
  /** Of the file, as far as it can be told without reading it. */
  fingerprint: string;
  /** Of the upload on the server. */
  id: string;
  name: string;
  size: number;
  kind: MediaKind;
  fields: Readonly<Record<string, string | undefined>>;
  /** Bytes that had arrived. */
  sent: number;
  /** Milliseconds since 1970; the server forgets it a day after the last part. */
  until: number;
}

export interface Memory {
  all(): readonly Remembered[];
  find(fingerprint: string): Remembered | null;
  put(one: Omit<Remembered, 'until'>): void;
  forget(fingerprint: string): void;
}

const keptMs = 23 * 3_600_000;

/** Two files that agree in these are taken for one; the server compares the content in the end. */
export function fingerprintOf(file: File, supersedesId = ''): string {
  return [file.name, file.size, file.lastModified, supersedesId].join('|');
}

function isRemembered(value: unknown): value is Remembered {
  return (
    typeof value === 'object' &&
    value !== null &&
    ['fingerprint', 'id', 'name', 'size', 'kind', 'fields', 'sent', 'until'].every((key) => key in value)
  );
}

/** One member's on this device. */
export function createMemory(memberId: string): Memory {
  const place = `uploads.${memberId}`;

  function all(): readonly Remembered[] {
    try {
      const stored: unknown = JSON.parse(readLocal(place) ?? '[]');
      return Array.isArray(stored)
        ? stored.filter(isRemembered).filter(({ until }) => until > Date.now())
        : [];
    } catch {
      return [];
    }
  }

  function keep(list: readonly Remembered[]): void {
    writeLocal(place, list.length > 0 ? JSON.stringify(list) : null);
  }

  const others = (fingerprint: string) => all().filter((one) => one.fingerprint !== fingerprint);
  return {
    all,
    find: (fingerprint) => all().find((one) => one.fingerprint === fingerprint) ?? null,
    put: (one) => keep([...others(one.fingerprint), { ...one, until: Date.now() + keptMs }]),
    forget: (fingerprint) => keep(others(fingerprint)),
  };
}
