import type { Endpoints } from '../../server/contract/endpoints.js';
import type { EndpointName } from '../../server/contract/paths.js';

type KeyedName = {
  [N in EndpointName]: Endpoints[N] extends { idempotent: true } ? N : never;
}[EndpointName];

/** Writes that take an idempotency key and may therefore be tried again; the contract checks the list. */
const keyed: Readonly<Record<KeyedName, true>> = {
  'claims.create': true,
  'claims.addMedia': true,
  'checks.addEvidence': true,
  'checks.verify': true,
  'checks.return': true,
  'checks.void': true,
  'cards.create': true,
  'creatives.upload': true,
  'creatives.render': true,
  'packs.create': true,
  'packs.approve': true,
  'packs.return': true,
  'packs.release': true,
  'packs.recall': true,
};

export function takesKey(name: EndpointName): boolean {
  return name in keyed;
}
