import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

const lawful = /^[A-Za-z0-9._-]{8,100}$/;

/** The caller's own id where it is well-formed, so that his log and ours meet; else a new one. */
export function requestIdOf({ headers }: Pick<IncomingMessage, 'headers'>): string {
  const given = headers['x-request-id'];
  return typeof given === 'string' && lawful.test(given) ? given : randomUUID();
}
