import { setImmediate as nextTurn } from 'node:timers/promises';
import type { MeilisearchDocument } from './document.js';

/** Far below the 100 MB a server takes by default, and small enough that one request is done in seconds. */
const mostBytes = 8_000_000;
const mostDocuments = 1_000;
/** How long analysing may hold the event loop, in milliseconds. */
const sliceMs = 8;

/** Documents in portions that a server takes in one request each; pauses on the way, for making them is work. */
export async function* inPortions(
  documents: Iterable<MeilisearchDocument>,
): AsyncGenerator<MeilisearchDocument[]> {
  let portion: MeilisearchDocument[] = [];
  let bytes = 0;
  let started = performance.now();
  for (const document of documents) {
    const size = Buffer.byteLength(JSON.stringify(document)) + 1;
    if (portion.length > 0 && (bytes + size > mostBytes || portion.length === mostDocuments)) {
      yield portion;
      portion = [];
      bytes = 0;
    }
    portion.push(document);
    bytes += size;
    if (performance.now() - started > sliceMs) {
      await nextTurn();
      started = performance.now();
    }
  }
  if (portion.length > 0) yield portion;
}
