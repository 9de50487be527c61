import type { ColumnType, Generated } from 'kysely';

/** Files that come in parts. */
export interface UploadsTable {
  id: Generated<string>;
  memberId: string;
  size: number;
  received: Generated<number>;
  sha256: string;
  originalName: string;
  fields: ColumnType<unknown, string, never>;
  createdAt: Generated<string>;
  expiresAt: string;
  holder: string | null;
  heldUntil: string | null;
  contested: Generated<boolean>;
  creativeId: string | null;
}
