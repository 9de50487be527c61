/** The part of the program's logger that the database house uses; pino and Fastify's logger fit. */
export interface DatabaseLogger {
  info(details: object, message: string): void;
  warn(details: object, message: string): void;
  error(details: object, message: string): void;
}
