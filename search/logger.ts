/** The part of a structured logger this area needs; the server passes its own. */
export interface SearchLogger {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}
