import type { Endpoint } from './endpoint.js';
import { deskEndpoints } from './endpoints-desk.js';
import { organisationEndpoints } from './endpoints-organisation.js';
import { packEndpoints } from './endpoints-packs.js';
import { uploadEndpoints } from './endpoints-uploads.js';
import type { EndpointName } from './paths.js';

/** Every endpoint's schemas: the one source of validation, response filtering, OpenAPI and the interface's types. */
export const endpoints = {
  ...organisationEndpoints,
  ...deskEndpoints,
  ...packEndpoints,
  ...uploadEndpoints,
} as const satisfies Record<EndpointName, Endpoint>;

export type Endpoints = typeof endpoints;
