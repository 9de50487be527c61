import pg from 'pg';
import { databaseName, type Logins, roleNames, urlOf } from './logins.js';

/**
 * Makes the two logins and the database where they are missing, which is also where an earlier start was
 * killed half-way. The owner may make tables but no roles; the application's login may make nothing.
 */
export async function makeDatabase(logins: Logins): Promise<void> {
  const client = new pg.Client({
    connectionString: urlOf('admin', logins, 'postgres'),
    connectionTimeoutMillis: 5_000,
  });
  await client.connect();
  try {
    const roles = await client.query<{ rolname: string }>(
      'select rolname from pg_roles where rolname = any($1)',
      [[roleNames.owner, roleNames.app]],
    );
    const known = new Set(roles.rows.map((row) => row.rolname));
    for (const role of ['owner', 'app'] as const) {
      if (known.has(roleNames[role])) continue;
      const name = client.escapeIdentifier(roleNames[role]);
      await client.query(`create role ${name} login password ${client.escapeLiteral(logins[role])}`);
    }
    const database = await client.query('select from pg_database where datname = $1', [databaseName]);
    if (database.rowCount === 0) {
      const [name, owner, app] = [databaseName, roleNames.owner, roleNames.app].map((word) =>
        client.escapeIdentifier(word),
      );
      // From template0, so that nothing anyone put into template1 comes along.
      await client.query(`create database ${name} owner ${owner} template template0`);
      await client.query(`revoke all on database ${name} from public`);
      await client.query(`grant connect, temporary on database ${name} to ${app}`);
    }
  } finally {
    await client.end();
  }
}
