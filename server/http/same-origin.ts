import type { FastifyRequest } from 'fastify';
import { AppError } from '../errors.js';

const safe = new Set(['GET', 'HEAD', 'OPTIONS']);

function hostOf(address: string): string | null {
  try {
    return new URL(address).host;
  } catch {
    return null;
  }
}

/**
 * Refuses a write that a page of another origin sent. Programs without a browser send no `Origin` and pass:
 * they hold no one's cookies by accident.
 */
export function assertSameOrigin(request: FastifyRequest, publicUrl: string | null): void {
  if (safe.has(request.method)) return;
  const { origin } = request.headers;
  const site = request.headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin' && site !== 'none') throw new AppError('not_allowed');
  if (origin === undefined) return;
  const from = hostOf(origin);
  const ours = [request.host, publicUrl === null ? null : hostOf(publicUrl)];
  if (from === null || !ours.includes(from)) throw new AppError('not_allowed');
}
