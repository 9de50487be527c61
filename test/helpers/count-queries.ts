import { AsyncLocalStorage } from 'node:async_hooks';
import pg from 'pg';

interface Count {
  statements: number;
}

const counting = new AsyncLocalStorage<Count>();
const query = pg.Client.prototype.query;

/**
 * How many statements `work` and all it awaits sent to PostgreSQL from this process; what runs beside it (polling,
 * other requests) is not counted.
 */
export async function countQueries(work: () => Promise<unknown>): Promise<number> {
  if (pg.Client.prototype.query === query) {
    pg.Client.prototype.query = function counted(this: pg.Client, ...args: unknown[]) {
      const count = counting.getStore();
      if (count !== undefined) count.statements += 1;
      return Reflect.apply(query, this, args);
    } as typeof query;
  }
  const count = { statements: 0 };
  await counting.run(count, work);
  return count.statements;
}
