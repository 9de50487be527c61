/** Why the program's own PostgreSQL could not be started, adopted or stopped, in words for the operator. */
export class EmbeddedPostgresError extends Error {
  override readonly name = 'EmbeddedPostgresError';
}
