import pg from 'pg';

type ParseText = (text: string) => unknown;

/** '2026-01-26 04:30:00.5+00' to '2026-01-26T04:30:00.500000Z': all microseconds kept, so that a time read can
 * be compared with the column again and texts sort as times do. The session's zone must be UTC. */
function instant(text: string): string {
  const match = /^(\d{4,6}-\d\d-\d\d) (\d\d:\d\d:\d\d)(?:\.(\d{1,6}))?\+00$/.exec(text);
  return match ? `${match[1]}T${match[2]}.${(match[3] ?? '').padEnd(6, '0')}Z` : text;
}

function exactNumber(text: string): number {
  const value = Number(text);
  if (/^-?\d+$/.test(text) && !Number.isSafeInteger(value)) {
    throw new RangeError('a whole number in the database is too large to be exact here');
  }
  return value;
}

const asText: ParseText = (text) => text;

const oid = {
  int8: 20,
  date: 1082,
  timestamp: 1114,
  timestamptz: 1184,
  interval: 1186,
  numeric: 1700,
  int8Array: 1016,
  timestampArray: 1115,
  dateArray: 1182,
  timestamptzArray: 1185,
  intervalArray: 1187,
  numericArray: 1231,
} as const;

/** text[]; the driver's own list of type ids leaves arrays out. */
const textArray = 1009 as Parameters<typeof pg.types.getTypeParser>[0];

function eachEntry(value: unknown, parse: ParseText): unknown {
  if (Array.isArray(value)) return value.map((entry) => eachEntry(entry, parse));
  return typeof value === 'string' ? parse(value) : null;
}

/** The driver's parser of text arrays takes the array apart; each entry then goes its own way. */
const arrayOf =
  (parse: ParseText): ParseText =>
  (text) =>
    eachEntry(pg.types.getTypeParser(textArray)(text), parse);

const parsers = new Map<number, ParseText>([
  [oid.int8, exactNumber],
  [oid.numeric, exactNumber],
  [oid.date, asText],
  [oid.timestamp, asText],
  [oid.interval, asText],
  [oid.timestamptz, instant],
  [oid.int8Array, arrayOf(exactNumber)],
  [oid.numericArray, arrayOf(exactNumber)],
  [oid.dateArray, arrayOf(asText)],
  [oid.timestampArray, arrayOf(asText)],
  [oid.intervalArray, arrayOf(asText)],
  [oid.timestamptzArray, arrayOf(instant)],
]);

/**
 * How columns come back: int8 and numeric as numbers, timestamptz as an ISO text in UTC, date as
 * 'YYYY-MM-DD'. Given to each client, so that other users of the driver in this process keep theirs.
 */
export const columnTypes: pg.CustomTypesConfig = {
  getTypeParser: (id: number, format?: 'text' | 'binary') =>
    (format === 'binary' ? undefined : parsers.get(id)) ?? pg.types.getTypeParser(id, format),
};
