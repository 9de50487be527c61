import type { Capability } from '../../server/contract/capabilities.js';
import type { Me } from '../../server/contract/session.js';
import type { IconName } from './icon.js';

export interface Place {
  path: string;
  /** Other addresses that belong to it. */
  also?: readonly string[];
  word: 'inbox' | 'desk' | 'reports' | 'studio' | 'review' | 'packs' | 'library';
  icon: IconName;
}

type Holds = (...anyOf: readonly Capability[]) => boolean;

/** The screens a person works on; others stay reachable by address and the server decides. */
export function placesFor(can: Holds): Place[] {
  const places: (Place | false)[] = [
    can('inbox.read') && { path: '/inbox', word: 'inbox', icon: 'inbox' },
    can('claims.report', 'desk.read') && {
      path: '/desk',
      also: ['/checks'],
      word: can('desk.read') ? 'desk' : 'reports',
      icon: 'desk',
    },
    can('creatives.write') && { path: '/studio', word: 'studio', icon: 'studio' },
    can('checks.verify', 'packs.approve') && { path: '/review', word: 'review', icon: 'review' },
    can('desk.read') && { path: '/packs', word: 'packs', icon: 'packs' },
    can('library.read') && { path: '/library', word: 'library', icon: 'library' },
  ];
  return places.filter((place) => place !== false);
}

/** Where a person starts: where their work waits. */
export function firstPath(me: Me): string {
  const holds = (capability: Capability) => me.capabilities.includes(capability);
  if (holds('inbox.read') && !holds('desk.read')) return '/inbox';
  if (holds('checks.verify') || holds('packs.approve')) return '/review';
  if (holds('creatives.write')) return '/studio';
  if (holds('claims.report') || holds('desk.read')) return '/desk';
  return '/library';
}
