import path from 'node:path';
import { type Static, Type } from 'typebox';
import Value from 'typebox/value';

const text = (initial: string) => Type.String({ minLength: 1, default: initial });
const redisAddress = '^rediss?://[^\\s/?#]+(/\\d*)?$';
const databaseUrl = () => Type.Optional(Type.String({ pattern: '^postgres(ql)?://[^\\s/]+/[^\\s/?]+' }));

/** Every setting, as it stands in the environment. */
const environmentSchema = Type.Object({
  PORT: Type.Integer({ minimum: 0, maximum: 65_535, default: 3000 }),
  HOST: text('127.0.0.1'),
  DATA_DIR: text('data'),
  ROLE: Type.Enum(['all', 'api', 'worker'], { default: 'all' }),
  PUBLIC_URL: Type.Optional(Type.String({ pattern: '^https?://[^/?#\\s]+/?$' })),
  DATABASE_URL: databaseUrl(),
  DATABASE_OWNER_URL: databaseUrl(),
  REDIS_URL: Type.Optional(Type.String({ pattern: redisAddress })),
  MEILI_URL: Type.Optional(Type.String({ pattern: '^https?://[^?#\\s]+$' })),
  MEILI_KEY: Type.Optional(Type.String({ pattern: '^[\\x21-\\x7e]+$' })),
  FFMPEG_PATH: text('ffmpeg'),
  FFPROBE_PATH: Type.Optional(Type.String({ minLength: 1 })),
  LOG_LEVEL: Type.Enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], { default: 'info' }),
});

/** What the writer of a wrong setting is told it must be. */
const expected: Readonly<Record<keyof Environment, string>> = {
  PORT: 'a whole number from 0 to 65535',
  HOST: 'an address to listen on',
  DATA_DIR: 'a folder',
  ROLE: 'all, api or worker',
  PUBLIC_URL: 'an http or https address without a path',
  DATABASE_URL: 'postgres://login:password@host:port/database',
  DATABASE_OWNER_URL: 'postgres://login:password@host:port/database',
  REDIS_URL: 'redis://login:password@host:port/number, or rediss:// over TLS',
  MEILI_URL: 'the http or https address of a Meilisearch server',
  MEILI_KEY: 'a key of the Meilisearch server, without blanks',
  FFMPEG_PATH: 'the path of ffmpeg',
  FFPROBE_PATH: 'the path of ffprobe',
  LOG_LEVEL: 'fatal, error, warn, info, debug, trace or silent',
};

type Environment = Static<typeof environmentSchema>;

/** What one process of the program runs. */
export type ProcessRole = Environment['ROLE'];
export type LogLevel = Environment['LOG_LEVEL'];

export interface Config {
  readonly role: ProcessRole;
  /** Absolute path. */
  readonly dataDir: string;
  readonly logLevel: LogLevel;
  readonly http: {
    readonly host: string;
    readonly port: number;
    /** Where people reach the program, without a slash at the end; null when it was not said. */
    readonly publicUrl: string | null;
    /** Whether cookies may only travel over https: true when `publicUrl` is https. */
    readonly secureCookies: boolean;
  };
  readonly database: {
    /** The application's login; null means the program starts its own PostgreSQL. */
    readonly url: string | null;
    /** The owner's login, which migrates; null leaves migrating to someone else. */
    readonly ownerUrl: string | null;
  };
  /** Carries media jobs to workers; null leaves them to the database. */
  readonly redisUrl: string | null;
  /** Answers searches; null leaves them to the index in the process. */
  readonly meilisearch: { readonly url: string; readonly key: string | null } | null;
  /** Null for the ffprobe that is beside ffmpeg. */
  readonly media: { readonly ffmpegPath: string; readonly ffprobePath: string | null };
}

/** Thrown with every problem of the settings at once, one a line. */
export class ConfigError extends Error {
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(
      `The settings have ${problems.length} problem(s):\n${problems.map((line) => `  - ${line}`).join('\n')}`,
    );
    this.name = 'ConfigError';
    this.problems = problems;
  }
}

/** Passwords stand in addresses and keys are secrets, so neither is ever shown back. */
function shown(name: string, value: unknown): string {
  return /_(?:URL|KEY)$/.test(name) ? '' : `, not "${String(value)}"`;
}

function schemaProblems(values: unknown, given: Record<string, unknown>): string[] {
  const wrong = new Set(Value.Errors(environmentSchema, values).map((error) => error.instancePath.slice(1)));
  return Object.entries(expected)
    .filter(([name]) => wrong.has(name))
    .map(([name, what]) => `${name} must be ${what}${shown(name, given[name])}`);
}

function loginOf(address: string): string | null {
  try {
    return new URL(address).username;
  } catch {
    return null;
  }
}

function crossProblems({
  ROLE,
  DATABASE_URL,
  DATABASE_OWNER_URL,
  REDIS_URL,
  MEILI_URL,
  MEILI_KEY,
}: Record<string, unknown>): string[] {
  const problems: string[] = [];
  const redisUrl =
    typeof REDIS_URL === 'string' && new RegExp(redisAddress).test(REDIS_URL) ? REDIS_URL : null;
  if (redisUrl !== null && !URL.canParse(redisUrl)) {
    problems.push('REDIS_URL is not an address: in a password, write / # @ : as %2F %23 %40 %3A');
  }
  if (MEILI_KEY !== undefined && MEILI_URL === undefined) {
    problems.push('MEILI_KEY needs MEILI_URL beside it, the address of the server the key is for');
  }
  if ((ROLE === 'api' || ROLE === 'worker') && DATABASE_URL === undefined) {
    problems.push(`ROLE=${ROLE} needs DATABASE_URL: only ROLE=all can start its own PostgreSQL`);
  }
  if (DATABASE_OWNER_URL !== undefined && DATABASE_URL === undefined) {
    problems.push(
      'DATABASE_OWNER_URL needs DATABASE_URL beside it, with the login the application works with',
    );
  }
  if (typeof DATABASE_URL === 'string' && typeof DATABASE_OWNER_URL === 'string') {
    const login = loginOf(DATABASE_URL);
    if (login !== null && login === loginOf(DATABASE_OWNER_URL)) {
      problems.push(
        'DATABASE_URL and DATABASE_OWNER_URL must name different logins: the application must not own the tables',
      );
    }
  }
  return problems;
}

/** Reads the settings once. An empty setting counts as not set; unknown ones are left alone. */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const given: Record<string, unknown> = {};
  for (const name of Object.keys(environmentSchema.properties)) {
    const value = environment[name]?.trim();
    if (value) given[name] = name === 'PORT' && /^\d+$/.test(value) ? Number(value) : value;
  }
  const values: unknown = Value.Default(environmentSchema, { ...given });
  const problems = [...schemaProblems(values, given), ...crossProblems(given)];
  if (problems.length > 0 || !Value.Check(environmentSchema, values)) throw new ConfigError(problems);

  const publicUrl = values.PUBLIC_URL?.replace(/\/$/, '') ?? null;
  return Object.freeze({
    role: values.ROLE,
    dataDir: path.resolve(values.DATA_DIR),
    logLevel: values.LOG_LEVEL,
    http: Object.freeze({
      host: values.HOST,
      port: values.PORT,
      publicUrl,
      secureCookies: publicUrl?.startsWith('https:') ?? false,
    }),
    database: Object.freeze({
      url: values.DATABASE_URL ?? null,
      ownerUrl: values.DATABASE_OWNER_URL ?? null,
    }),
    redisUrl: values.REDIS_URL ?? null,
    meilisearch:
      values.MEILI_URL === undefined
        ? null
        : Object.freeze({ url: values.MEILI_URL, key: values.MEILI_KEY ?? null }),
    media: Object.freeze({ ffmpegPath: values.FFMPEG_PATH, ffprobePath: values.FFPROBE_PATH ?? null }),
  });
}
