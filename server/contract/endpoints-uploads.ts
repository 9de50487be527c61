import { IdParams } from './common.js';
import type { Endpoint } from './endpoint.js';
import * as upload from './upload.js';

/** Large files in parts, by the protocol tus 1.0, and what is known before anything is sent. */
export const uploadEndpoints = {
  'creatives.known': {
    capability: 'desk.read',
    summary: 'Which files are there already, by their SHA-256',
    body: upload.KnownQuery,
    response: upload.KnownCreatives,
    status: 200,
  },
  'uploads.abilities': {
    capability: 'anyone',
    summary: 'What of tus is spoken here, in headers',
    status: 204,
    raw: true,
  },
  'uploads.create': {
    capability: 'creatives.write',
    summary:
      'Announce a file (`Upload-Length`, `Upload-Metadata` with `filename`, `sha256` and the form’s fields)',
    status: 201,
    raw: true,
  },
  'uploads.offset': {
    capability: 'creatives.write',
    summary: 'How much of it is kept, in `Upload-Offset`',
    params: IdParams,
    status: 200,
    raw: true,
  },
  'uploads.read': {
    capability: 'creatives.write',
    summary: 'A file on its way, and the creative it became',
    params: IdParams,
    response: upload.Upload,
    status: 200,
  },
  'uploads.append': {
    capability: 'creatives.write',
    summary: 'Send the part that begins at `Upload-Offset`; the last one makes the creative',
    params: IdParams,
    status: 204,
    raw: true,
  },
  'uploads.cancel': {
    capability: 'creatives.write',
    summary: 'Give a file up',
    params: IdParams,
    status: 204,
  },
} as const satisfies Record<string, Endpoint>;
