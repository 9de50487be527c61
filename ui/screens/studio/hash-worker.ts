import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';

export interface HashAnswer {
  /** Null when the file could not be read. */
  sha256: string | null;
}

const stepBytes = 4_000_000;

/** Reads a file piece by piece, away from the page, so that nothing on it stands still. */
async function hash(file: Blob): Promise<string> {
  const digest = sha256.create();
  for (let at = 0; at < file.size; at += stepBytes) {
    digest.update(new Uint8Array(await file.slice(at, at + stepBytes).arrayBuffer()));
  }
  return bytesToHex(digest.digest());
}

addEventListener('message', ({ data }: MessageEvent<Blob>) => {
  const answer = (found: string | null) => postMessage({ sha256: found } satisfies HashAnswer);
  hash(data).then(answer, () => answer(null));
});
