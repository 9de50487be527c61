import type { Route } from '../http/route.js';
import type { CardsService } from './cards.service.js';

export function cardsRoutes(route: Route, { cards }: { cards: CardsService }): void {
  route('cards.create', ({ actor, params, body, request }) =>
    cards.create(actor, params.id, body, { origin: `${request.protocol}://${request.host}` }),
  );
}
