import type { CookieSerializeOptions } from '@fastify/cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** The two cookies: the secret that signs in, and the name of this browser, which outlives signing out. */
export interface SessionCookies {
  token(request: FastifyRequest): string | null;
  device(request: FastifyRequest): string | null;
  write(reply: FastifyReply, session: { token: string; deviceId: string; expiresAt: string }): void;
  /** Forgets the secret; the browser stays the same device. */
  clear(reply: FastifyReply): void;
}

/** Browsers keep no cookie longer than this (RFC 6265bis), in seconds. */
const deviceLifeSeconds = 400 * 24 * 60 * 60;

export function createSessionCookies({ secure }: { secure: boolean }): SessionCookies {
  // With the prefix a browser takes them only over https, for this very host, so no sibling host can plant one.
  const prefix = secure ? '__Host-' : '';
  const tokenName = `${prefix}tathya_session`;
  const deviceName = `${prefix}tathya_device`;
  const flags: CookieSerializeOptions = { httpOnly: true, sameSite: 'lax', path: '/', secure };
  return {
    token: (request) => request.cookies[tokenName] ?? null,
    device: (request) => request.cookies[deviceName] ?? null,
    write(reply, { token, deviceId, expiresAt }) {
      reply.setCookie(tokenName, token, { ...flags, expires: new Date(expiresAt) });
      reply.setCookie(deviceName, deviceId, { ...flags, maxAge: deviceLifeSeconds });
    },
    clear(reply) {
      reply.clearCookie(tokenName, flags);
    },
  };
}
