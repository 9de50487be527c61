import { readConfig } from '../../server/config.js';
import { createProcessLogger } from '../../server/run/process-logger.js';

/** A worker's log and nothing else: told to go, it writes two lines and ends. */
const { logger } = createProcessLogger(
  readConfig({ ROLE: 'worker', DATABASE_URL: 'postgres://nobody:none@127.0.0.1:1/none' }),
);
process.stdin.once('data', () => {
  logger.info({}, 'one');
  logger.info({}, 'two');
  process.exit(0);
});
process.stderr.write('ready');
