import type { Route } from '../http/route.js';
import type { TopicsService } from './topics.service.js';

export function topicsRoutes(route: Route, { topics }: { topics: TopicsService }): void {
  route('topics.list', () => topics.list());
}
