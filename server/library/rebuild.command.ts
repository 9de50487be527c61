import pg from 'pg';
import { createMeilisearchIndex } from '../../search/meilisearch/meilisearch-index.js';
import { meilisearchOf } from '../compose-search.js';
import { readConfig } from '../config.js';
import { openDatabase } from '../database/open-database.js';
import { runningUrl } from '../database/running-url.js';
import { takeTurn } from '../run/turn.js';
import { createChangeLog, forgetFollowers } from './change-log.repository.js';
import { createIndexDocuments } from './index-documents.repository.js';

const say = (line: string) => process.stdout.write(`${line}\n`);

/** Everything a search index holds, made anew from the database: in every running server, and on Meilisearch. */
async function main(): Promise<void> {
  const { database, dataDir, meilisearch } = readConfig(process.env);
  const url = database.url ?? (await runningUrl(dataDir));
  const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };
  const opened = await openDatabase({
    settings: { url, ownerUrl: null },
    dataDir,
    poolSize: 2,
    logger: quiet,
  });
  const turn = new pg.Client({ connectionString: opened.appUrl, application_name: 'tathya-rebuild' });
  try {
    await forgetFollowers(opened.database);
    say('Every server that runs fills its own index anew now; one that does not, at its next start.');
    if (meilisearch === null) return;
    const { name, ...address } = await meilisearchOf(opened.database, meilisearch);
    await turn.connect();
    if (!(await takeTurn(turn, name))) {
      say(
        'A running server sees to the index on Meilisearch: it fills that anew now, and says so in its log.',
      );
      return;
    }
    const documents = createIndexDocuments({ db: opened.database });
    const changes = createChangeLog({ db: opened.database, documents });
    const index = createMeilisearchIndex({ ...address, mark: name });
    say('Filling the index on Meilisearch …');
    await changes.register(name);
    await index.rebuild(changes.allDocuments());
    say(`ok, ${(await index.health()).documents} documents on Meilisearch`);
  } finally {
    await turn.end();
    await opened.close();
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
