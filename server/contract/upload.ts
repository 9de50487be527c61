import { type Static, Type } from 'typebox';
import { Id, nullable, Sha256 } from './common.js';
import { CreativeSummary, CreativeUploadFields } from './creative.js';

/** The part of tus a server of this kind speaks; https://tus.io/protocols/resumable-upload */
export const tus = {
  version: '1.0.0',
  extensions: 'creation,expiration,termination',
  /** The content type of a part. */
  partType: 'application/offset+octet-stream',
} as const;

/**
 * What `Upload-Metadata` says: the fields of the upload form, the name of the file (as tus clients call it) and the
 * SHA-256 of the whole.
 */
export const UploadMetadata = Type.Object(
  {
    ...CreativeUploadFields.properties,
    filename: Type.String({ minLength: 1, maxLength: 400 }),
    sha256: Sha256,
  },
  { additionalProperties: false },
);
export type UploadMetadata = Static<typeof UploadMetadata>;

/** A file on its way, as its sender sees it. */
export const Upload = Type.Object({
  id: Id,
  originalName: Type.String(),
  sha256: Sha256,
  size: Type.Integer({ description: 'Bytes' }),
  received: Type.Integer({ description: 'Bytes that are kept' }),
  expiresAt: Type.String({ description: 'Given up then, unless more comes' }),
  /** What it became once it was whole. */
  creativeId: nullable(Id),
});
export type Upload = Static<typeof Upload>;

export const KnownQuery = Type.Object(
  { sha256: Type.Array(Sha256, { minItems: 1, maxItems: 200, uniqueItems: true }) },
  { additionalProperties: false },
);
export type KnownQuery = Static<typeof KnownQuery>;
/** The newest creative of each file that is there already. */
export const KnownCreatives = Type.Object({ items: Type.Array(CreativeSummary) });
export type KnownCreatives = Static<typeof KnownCreatives>;
