import { AsyncLocalStorage } from 'node:async_hooks';
import pg from 'pg';

interface Count {
  statements: number;
}

const counting = new AsyncLocalStorage<Count>();
const query = pg.Client.prototype.query;

/** A session's last use is noted once a minute, whatever is asked: on a slow machine that falls into any request. */
function isByTheClock(statement: unknown): boolean {
  const text =
    typeof statement === 'object' && statement !== null && 'text' in statement ? statement.text : statement;
  return typeof text === 'string' && text.includes('update sessions set last_seen_at');
}

/**
 * How many statements `work` and all it awaits sent to PostgreSQL from this process; what runs beside it (polling,
 * other requests) is not counted.
 */
export async function countQueries(work: () => Promise<unknown>): Promise<number> {
  if (pg.Client.prototype.query === query) {
    pg.Client.prototype.query = function counted(this: pg.Client, ...args: unknown[]) {
      const count = counting.getStore();
      if (count !== undefined && !isByTheClock(args[0])) count.statements += 1;
      return Reflect.apply(query, this, args);
    } as typeof query;
  }
  const count = { statements: 0 };
  await counting.run(count, work);
  return count.statements;
}
