import type { Route } from '../http/route.js';
import type { LibraryService } from './library.service.js';

export function libraryRoutes(route: Route, { library }: { library: LibraryService }): void {
  route('library.search', ({ actor, query }) => library.search(actor, query));
  route('library.read', ({ actor, params }) => library.read(actor, params.id));
}
