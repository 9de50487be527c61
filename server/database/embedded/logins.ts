import { randomBytes } from 'node:crypto';
import { chmod, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { EmbeddedPostgresError } from './problem.js';

/** The passwords of the embedded PostgreSQL and the port it was last on. */
export interface Logins {
  port: number;
  admin: string;
  owner: string;
  app: string;
}

export const roleNames = { admin: 'tathya_admin', owner: 'tathya_owner', app: 'tathya_app' } as const;
export const databaseName = 'tathya';

function isLogins(value: unknown): value is Logins {
  if (typeof value !== 'object' || value === null) return false;
  const entry = value as Partial<Record<keyof Logins, unknown>>; // checked field by field below
  return (
    Number.isInteger(entry.port) &&
    [entry.admin, entry.owner, entry.app].every((password) => typeof password === 'string' && password !== '')
  );
}

const fileOf = (dataDir: string) => path.join(dataDir, 'postgres-logins.json');

/** Writes whole or not at all, readable by nobody else. */
export async function saveLogins(dataDir: string, logins: Logins): Promise<void> {
  const temporary = `${fileOf(dataDir)}.${process.pid}.new`;
  await writeFile(temporary, `${JSON.stringify(logins, null, 2)}\n`, { mode: 0o600, flush: true });
  await rename(temporary, fileOf(dataDir));
}

/** Reads the passwords, or makes them the first time, before there is a database they could fit. */
export async function readLogins(dataDir: string, databaseExists: boolean): Promise<Logins> {
  const text = await readFile(fileOf(dataDir), 'utf8').catch((error: Error) => {
    if ('code' in error && error.code === 'ENOENT') return null;
    throw error;
  });
  if (text !== null) {
    await chmod(fileOf(dataDir), 0o600);
    const logins = parse(text);
    if (logins) return logins;
  }
  if (databaseExists) {
    throw new EmbeddedPostgresError(
      `${fileOf(dataDir)} is ${text === null ? 'missing' : 'damaged'}, and with it the passwords of the database beside it: ` +
        'put the file back from a backup',
    );
  }
  const password = () => randomBytes(24).toString('base64url');
  const made: Logins = { port: 0, admin: password(), owner: password(), app: password() };
  await saveLogins(dataDir, made);
  return made;
}

function parse(text: string): Logins | null {
  try {
    const value: unknown = JSON.parse(text);
    return isLogins(value) ? value : null;
  } catch {
    return null;
  }
}

export function urlOf(role: keyof typeof roleNames, logins: Logins, database: string = databaseName): string {
  return `postgres://${roleNames[role]}:${logins[role]}@127.0.0.1:${logins.port}/${database}`;
}
