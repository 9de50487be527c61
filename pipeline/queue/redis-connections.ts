import { Redis, type RedisOptions } from 'ioredis';
import type { Logger } from '../ports.js';

/** Redis cannot be used as it is set up, in words for the operator. Waiting would not help. */
export class RedisSettingsError extends Error {
  override readonly name = 'RedisSettingsError';
}

export interface RedisConnections {
  /** For short commands; each answers, or fails, within seconds. */
  readonly client: Redis;
  /** Hears what other processes announce; opened when it is first asked for. */
  subscriber(): Redis;
  /** A further connection, on which one may wait for work. */
  blocking(): Redis;
  close(): Promise<void>;
}

const commandMs = 5_000;
/** Longer than any wait for work (5 s): a connection silent for so long is dead, though nobody said so. */
const silentMs = 20_000;
const slowestRetryMs = 2_000;

/** Where it is, without the password. */
function placeOf(url: string): string {
  const { hostname, port } = new URL(url);
  return `${hostname}:${port || '6379'}`;
}

/** Only who we are and what is asked of the server is wrong then; an outage shows as an error of the network. */
function isRefusal(error: unknown): boolean {
  return error instanceof Error && /^(WRONGPASS|NOAUTH|NOPERM|ERR )/.test(error.message);
}

/**
 * Connections to one Redis. Away at the start or later, it is tried for again until closed, and an outage is told of
 * once, not at every try.
 */
export function openRedis({ url, logger }: { url: string; logger: Logger }): RedisConnections {
  const place = placeOf(url);
  const opened: Redis[] = [];
  let away = false;

  function open(options: RedisOptions): Redis {
    const redis = new Redis(url, {
      keepAlive: 10_000,
      connectTimeout: commandMs,
      retryStrategy: (times) => Math.min(50 * 2 ** Math.min(times, 10), slowestRetryMs),
      ...options,
    });
    // Three queues listen on the shared ones, a few times each.
    redis.setMaxListeners(50);
    redis.on('error', (error: Error) => {
      if (away) return;
      away = true;
      logger.warn({ err: error, redis: place }, 'Redis cannot be reached: media jobs wait until it can');
    });
    redis.on('ready', () => {
      if (away) logger.info({ redis: place }, 'Redis can be reached again');
      away = false;
    });
    opened.push(redis);
    return redis;
  }

  const patient = {
    maxRetriesPerRequest: null,
    enableReadyCheck: false,
    socketTimeout: silentMs,
  } satisfies RedisOptions;
  // Fails soon while Redis is away: who asks has the job in the database and comes again.
  const client = open({ commandTimeout: commandMs, maxRetriesPerRequest: 3 });
  let subscriber: Redis | undefined;

  return {
    client,
    subscriber() {
      subscriber ??= open({ maxRetriesPerRequest: null, enableReadyCheck: false });
      return subscriber;
    },
    blocking: () => open(patient),
    async close() {
      // What was sent before is answered first; a Redis that is away is not waited for.
      if (client.status === 'ready') await client.quit().catch(() => undefined);
      for (const redis of opened) redis.disconnect();
    },
  };
}

/**
 * Looks whether a Redis will do for jobs: throws a `RedisSettingsError` when it refuses us, warns when it may drop
 * keys by itself. One that is away is left for later.
 */
export async function checkRedis(
  { client }: Pick<RedisConnections, 'client'>,
  { logger }: { logger: Logger },
): Promise<void> {
  let memory: string;
  try {
    memory = await client.info('memory');
  } catch (error) {
    if (!isRefusal(error)) return;
    const reason = error instanceof Error ? error.message : String(error);
    throw new RedisSettingsError(`Redis refuses the login of REDIS_URL: ${reason}`);
  }
  const policy = /^maxmemory_policy:(\S+)/m.exec(memory)?.[1];
  if (policy !== undefined && policy !== 'noeviction') {
    logger.warn(
      { policy },
      'Redis may drop waiting jobs when it is full: set maxmemory-policy to noeviction. Dropped ones are offered again, later',
    );
  }
}
