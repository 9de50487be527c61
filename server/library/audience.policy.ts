import type { SearchAudience } from '../../search/search-index.js';
import type { Actor } from '../sessions/actor.js';
import { holds } from '../sessions/permission.policy.js';

/**
 * Who asks, in the words of the search index. A desk member sees the organisation and what is restricted below its
 * units; others see what was released to their units, but nothing through a unit where silence is in force.
 */
export function audienceFor(actor: Actor, silentUnits: ReadonlySet<string>): SearchAudience {
  if (holds(actor, 'desk.read')) {
    return {
      desk: true,
      units: [...new Set(actor.appointments.map(({ unitId }) => unitId))],
      releasedTo: [],
    };
  }
  const heard = actor.appointments.filter(({ unitId }) => !silentUnits.has(unitId));
  return {
    desk: false,
    units: [],
    releasedTo: [...new Set(heard.flatMap(({ unitPath }) => [...unitPath]))],
  };
}
