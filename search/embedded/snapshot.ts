import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { open, readdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { pipeline } from 'node:stream/promises';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { analyserVersion } from '../analyser/analyser.js';
import type { SearchLogger } from '../logger.js';
import type { IndexDocument } from '../search-index.js';
import type { Collection } from './collection.js';

/**
 * Indexes on disk: each process writes its own at a clean stop, and each takes up one, once, at its start. Anything
 * wrong with one, and it is none.
 */
export interface Snapshot {
  /** Keeps a collection beside what other processes kept; whole or not at all. */
  write(collection: Collection, mark: string): Promise<void>;
  /** Fills a new collection from the one kept last and gives its mark. Null when nothing usable was kept. */
  take(fresh: () => Collection): Promise<{ collection: Collection; mark: string } | null>;
}

/** One line of the file per document; words are numbers of the line before all. */
interface DocumentLine {
  words: number[];
  document: IndexDocument;
}

interface Seal {
  sha256: string;
  documents: number;
}

const formatVersion = 2;
const sliceMs = 8;

/** An older one is of no use: the change log has long forgotten whom it belonged to. */
const longestMs = 2 * 3_600_000;

export function createSnapshot({ file, logger }: { file: string; logger?: SearchLogger }): Snapshot {
  const folder = path.dirname(file);
  const begins = `${path.basename(file)}.`;

  /** Files kept by any process, youngest first; those nobody will ever take are deleted. */
  async function kept(): Promise<string[]> {
    const names = ((await readdir(folder).catch(ifThere)) ?? []).filter((name) => name.startsWith(begins));
    const found: { name: string; at: number }[] = [];
    for (const name of names) {
      const at = (await stat(path.join(folder, name)).catch(ifThere))?.mtimeMs;
      if (at === undefined) continue;
      if (Date.now() - at > longestMs) await rm(path.join(folder, name), { force: true });
      else if (name.endsWith('.kept')) found.push({ name, at });
    }
    return found.sort((a, b) => b.at - a.at).map(({ name }) => path.join(folder, name));
  }

  /** True for one process alone: a second one would acknowledge changes that this one has not seen. */
  async function mine(name: string, taken: string): Promise<boolean> {
    try {
      await rename(name, taken);
      return true;
    } catch (error) {
      return ifThere(error) ?? false;
    }
  }

  return {
    async write(collection, mark) {
      const own = `${file}.${randomUUID()}`;
      try {
        await pipeline(sealedLines(collection, mark), createWriteStream(`${own}.partial`, { mode: 0o600 }));
        const handle = await open(`${own}.partial`, 'r+');
        try {
          await handle.sync();
        } finally {
          await handle.close();
        }
        await rename(`${own}.partial`, `${own}.kept`);
      } catch (error) {
        await rm(`${own}.partial`, { force: true });
        throw error;
      }
    },

    async take(fresh) {
      for (const name of await kept()) {
        const taken = `${name}.taken`;
        if (!(await mine(name, taken))) continue;
        try {
          const collection = fresh();
          return { collection, mark: await read(taken, collection) };
        } catch (error) {
          logger?.warn({ err: error }, 'a kept search index is of no use');
        } finally {
          await rm(taken, { force: true });
        }
      }
      return null;
    },
  };
}

/** Undefined for a file that went meanwhile; any other trouble goes on. */
function ifThere(error: unknown): undefined {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
  throw error;
}

async function* sealedLines(collection: Collection, mark: string): AsyncGenerator<string> {
  const hash = createHash('sha256');
  let count = 0;
  for (const line of lines(collection, mark)) {
    hash.update(line);
    yield line;
    count += 1;
    if (count % 64 === 0) await nextTurn();
  }
  const seal: Seal = { sha256: hash.digest('hex'), documents: collection.documents.size() };
  yield `${JSON.stringify(seal)}\n`;
}

function* lines({ documents, vocabulary, wordsOf }: Collection, mark: string): Generator<string> {
  yield `${JSON.stringify({ formatVersion, analyserVersion, mark })}\n`;
  yield `${JSON.stringify(Array.from({ length: vocabulary.size() }, (_, at) => vocabulary.word(at)))}\n`;
  for (let slot = 0; slot < documents.slots(); slot += 1) {
    if (!documents.isAlive(slot)) continue;
    const words = wordsOf(slot).flatMap(([word, times]) => [vocabulary.number(word), times]);
    const line: DocumentLine = { words, document: documents.read(slot) };
    yield `${JSON.stringify(line)}\n`;
  }
}

/** Throws for a file that is torn, altered or of another version. */
async function read(file: string, collection: Collection): Promise<string> {
  const hash = createHash('sha256');
  let previous: string | null = null;
  let mark: string | null = null;
  let words: string[] = [];
  let at = 0;
  let started = performance.now();
  // The last line is the seal of those before it, so each is dealt with when the next is there.
  for await (const line of createInterface({
    input: createReadStream(file),
    crlfDelay: Number.POSITIVE_INFINITY,
  })) {
    if (previous !== null) {
      hash.update(`${previous}\n`);
      if (at === 0) mark = markOf(previous);
      // What follows is what `lines` wrote, or the seal will not fit and all of it is thrown away.
      else if (at === 1) words = JSON.parse(previous) as string[];
      else putLine(collection, JSON.parse(previous) as DocumentLine, words);
      at += 1;
    }
    previous = line;
    if (performance.now() - started > sliceMs) {
      await nextTurn();
      started = performance.now();
    }
  }
  const seal = JSON.parse(previous ?? '') as Partial<Seal>;
  if (seal.sha256 !== hash.digest('hex') || seal.documents !== collection.documents.size() || mark === null) {
    throw new Error('the checksum of the kept search index does not fit');
  }
  return mark;
}

function markOf(line: string): string {
  const head = JSON.parse(line) as { formatVersion?: number; analyserVersion?: number; mark?: string };
  if (
    head.formatVersion !== formatVersion ||
    head.analyserVersion !== analyserVersion ||
    head.mark === undefined
  ) {
    throw new Error('the kept search index is of another version');
  }
  return head.mark;
}

function putLine(collection: Collection, { words: numbers, document }: DocumentLine, words: string[]): void {
  const pairs: [string, number][] = [];
  for (let at = 0; at < numbers.length; at += 2) {
    pairs.push([words[numbers[at] ?? -1] ?? '', numbers[at + 1] ?? 1]);
  }
  collection.put(document, pairs);
}
