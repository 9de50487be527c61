import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { openDiskStore } from '../../pipeline/files/disk-store.js';

/** Adopts one file after the other until it is killed, and says so each time. */
const store = await openDiskStore({ directory: process.argv[2] ?? '' });
for (let number = 0; ; number += 1) {
  const directory = await store.workDirectory(`process-${process.pid}`);
  const temp = path.join(directory, String(number));
  await writeFile(temp, randomBytes(400_000));
  await store.adopt(temp);
  process.stdout.write('adopted\n');
}
