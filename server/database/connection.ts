import net from 'node:net';
import type pg from 'pg';
import { columnTypes } from './column-types.js';

export interface ConnectionSettingsOptions {
  url: string;
  /** Shown in pg_stat_activity. */
  applicationName: string;
  /** The server gives up a statement after this; 0 means never. */
  statementTimeoutMs: number;
}

/** A socket that ends itself when nothing was sent or heard for so long; a frozen server is noticed only so. */
function impatientSocket(silenceMs: number): net.Socket {
  const socket = new net.Socket();
  socket.setTimeout(silenceMs, () => {
    socket.destroy(new Error('Connection terminated: the database has stopped answering'));
  });
  return socket;
}

/**
 * What every connection of the program is opened with: our schema first, times in UTC, limits on what
 * may hang. Failing to connect takes at most 5 seconds.
 */
export function connectionSettings({ url, applicationName, statementTimeoutMs }: ConnectionSettingsOptions) {
  const limits: pg.ClientConfig =
    statementTimeoutMs === 0
      ? {}
      : {
          statement_timeout: statementTimeoutMs,
          idle_in_transaction_session_timeout: 60_000,
          stream: () => impatientSocket(statementTimeoutMs + 5_000),
        };
  return {
    connectionString: url,
    application_name: applicationName,
    options: '-c search_path=tathya,public -c timezone=UTC',
    connectionTimeoutMillis: 5_000,
    keepAlive: true,
    types: columnTypes,
    ...limits,
  } satisfies pg.ClientConfig;
}
