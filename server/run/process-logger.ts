import { mkdirSync, statSync, truncateSync } from 'node:fs';
import path from 'node:path';
import pino, { type Logger } from 'pino';
import type { Config } from '../config.js';

export interface ProcessLogger {
  logger: Logger;
  /** Where log lines go when not to standard output. */
  stream: { write(line: string): void } | undefined;
  path: string | null;
}

const largest = 50 * 1024 * 1024;

/**
 * On a person's own machine (`ROLE=all`) the log is a file and the terminal stays readable; a role of its own runs
 * under a supervisor, which reads standard output.
 */
export function createProcessLogger(config: Config): ProcessLogger {
  if (config.role !== 'all' && process.send === undefined) {
    return { logger: pino({ level: config.logLevel }), stream: undefined, path: null };
  }
  mkdirSync(config.dataDir, { recursive: true });
  const file = path.join(config.dataDir, 'tathya.log');
  if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > largest) truncateSync(file, 0);
  const stream = pino.destination({ dest: file, append: true, sync: true });
  return { logger: pino({ level: config.logLevel }, stream), stream, path: file };
}
