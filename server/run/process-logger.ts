import { mkdirSync, openSync, statSync, truncateSync, writeSync } from 'node:fs';
import path from 'node:path';
import pino, { type Logger } from 'pino';
import type { Config } from '../config.js';

interface LogStream {
  write(line: string): void;
}

export interface ProcessLogger {
  logger: Logger;
  /** Where log lines go; for those that log beside us. */
  stream: LogStream;
  path: string | null;
}

const largest = 50 * 1024 * 1024;

/**
 * A log that cannot be written, because its disk is full or its reader has gone, has nowhere to tell of it: the line is
 * lost and the work goes on. (Pino's own streams end the process, or wait for ever to write their last line.)
 */
function patientFile(file: string): LogStream {
  const log = openSync(file, 'a');
  return {
    write(line) {
      try {
        writeSync(log, line);
      } catch {
        // See above.
      }
    },
  };
}

/** Keeps the program going when nobody reads its outputs any more, as after Ctrl-C in `npm start | tee log`. */
function outliveReaders(): void {
  for (const output of [process.stdout, process.stderr]) output.on('error', () => undefined);
}

/**
 * On a person's own machine (`ROLE=all`) the log is a file and the terminal stays readable; a role of its own runs
 * under a supervisor, which reads standard output.
 */
export function createProcessLogger(config: Config): ProcessLogger {
  outliveReaders();
  if (config.role !== 'all' && process.send === undefined) {
    return { logger: pino({ level: config.logLevel }, process.stdout), stream: process.stdout, path: null };
  }
  mkdirSync(config.dataDir, { recursive: true });
  const file = path.join(config.dataDir, 'tathya.log');
  if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > largest) truncateSync(file, 0);
  const stream = patientFile(file);
  return { logger: pino({ level: config.logLevel }, stream), stream, path: file };
}
