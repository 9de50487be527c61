import { startEmbeddedPostgres } from '../../server/database/embedded-postgres.js';

/** A program that starts its own PostgreSQL, says so in one line and waits to be killed. */
const [dataDir = ''] = process.argv.slice(2);
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
const postgres = await startEmbeddedPostgres({ dataDir, logger: silent });
process.stdout.write(`${JSON.stringify({ ownerUrl: postgres.ownerUrl })}\n`);
process.once('SIGTERM', () => void postgres.stop().then(() => process.exit(0)));
setInterval(() => undefined, 60_000);
