import type { FastifyRequest } from 'fastify';

import { refuse } from '../entries/domain/refusal.js';

export const sessionCookie = 'musubi_session';

/** The token that a request brings, and how: a browser adds its cookie without being asked. */
export interface PresentedToken {
  readonly secret: string;
  readonly by: 'header' | 'cookie';
}

/** Undefined for a request that brings none. @throws Refusal `session/unreadable` */
export function presentedToken({ headers }: FastifyRequest): PresentedToken | undefined {
  if (headers.authorization !== undefined) {
    const secret = /^Bearer +(\S+)$/i.exec(headers.authorization)?.[1];
    if (secret !== undefined) return { secret, by: 'header' };
    refuse(
      'forbidden',
      'session/unreadable',
      'Authorization ヘッダーは「Bearer musubi_…」の形で送ってください。',
    );
  }
  const secret = cookies(headers.cookie ?? '').get(sessionCookie);
  return secret === undefined ? undefined : { secret, by: 'cookie' };
}

/**
 * Refuses what another site's page makes a browser send (CSRF). A browser states the Origin of every
 * request that changes something, and no page can make it lie.
 */
export function refuseOtherSites(request: FastifyRequest, by: 'cookie' | 'none'): void {
  if (['GET', 'HEAD', 'OPTIONS'].includes(request.method)) return;
  const { origin } = request.headers;
  if (origin === undefined ? by === 'none' : hostOf(origin) === request.headers.host) return;
  refuse(
    'forbidden',
    'access/other-site',
    'ほかのサイトから送られた操作は受け付けません。このサイトの画面から操作してください。',
  );
}

function hostOf(origin: string): string | undefined {
  return URL.canParse(origin) ? new URL(origin).host : undefined;
}

function cookies(header: string): ReadonlyMap<string, string> {
  const pairs = header.split(';').map((pair) => pair.trim().split('=', 2) as [string, string?]);
  return new Map(pairs.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
}
