import pg from 'pg';

export interface ListenOptions {
  /** The application's login; listening needs a connection of its own. */
  url: string;
  /** Shown beside the connection in the database. */
  name: string;
  channels: readonly string[];
  onNotice(channel: string, payload: string | undefined): void;
  /** Called whenever the connection stands again: what was said meanwhile is found by looking, not by hearing. */
  onOpen?(): void;
  logger: { warn(fields: object, message: string): void };
}

const reconnectMs = 1_000;

/** Hears PostgreSQL's NOTIFY on some channels, and connects again after every outage until closed. */
export function listen({ url, name, channels, onNotice, onOpen, logger }: ListenOptions): {
  close(): Promise<void>;
} {
  let client: pg.Client | null = null;
  let timer: NodeJS.Timeout | null = null;
  let closed = false;

  function again(): void {
    if (closed || timer !== null) return;
    timer = setTimeout(() => {
      timer = null;
      connecting = connect();
    }, reconnectMs);
  }

  async function connect(): Promise<void> {
    const next = new pg.Client({ connectionString: url, application_name: name, keepAlive: true });
    next.on('error', (error) => logger.warn({ err: error, name }, 'a listening connection was lost'));
    next.on('end', () => {
      if (client === next) client = null;
      again();
    });
    next.on('notification', ({ channel, payload }) => onNotice(channel, payload));
    try {
      await next.connect();
      for (const channel of channels) await next.query(`listen ${next.escapeIdentifier(channel)}`);
      client = next;
      onOpen?.();
    } catch (error) {
      logger.warn({ err: error, name }, 'a listening connection could not be opened');
      await next.end().catch(() => undefined);
      again();
    }
  }

  let connecting = connect();

  return {
    async close() {
      closed = true;
      if (timer !== null) clearTimeout(timer);
      await connecting;
      await client?.end();
    },
  };
}
