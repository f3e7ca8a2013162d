import type { FastifyRequest } from 'fastify';

import { sessionCookie } from './presented-token.js';
import { sessionSeconds } from './sessions.js';

/** Hides the token from scripts, and keeps it from requests that other sites cause. */
export function cookieFor(request: FastifyRequest, token: string): string {
  return cookie(request, token, sessionSeconds);
}

export function endedCookie(request: FastifyRequest): string {
  return cookie(request, '', 0);
}

function cookie({ protocol }: FastifyRequest, value: string, seconds: number): string {
  const secure = protocol === 'https' ? '; Secure' : '';
  return `${sessionCookie}=${value}; Path=/; Max-Age=${seconds}; HttpOnly; SameSite=Strict${secure}`;
}
