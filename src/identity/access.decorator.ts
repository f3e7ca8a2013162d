import { SetMetadata } from '@nestjs/common';

import type { Role } from '../entries/domain/event.js';

/** Who may call a route: anybody, whoever signed in, or who holds one of the roles for some body. */
export type Access = 'public' | 'signed-in' | readonly Role[];

export const ACCESS = 'musubi:access';

/**
 * States who may call a route; a route without it is denied. Whether a role is held for the right body
 * is the handler's to ask: `authorise(principal, role, body)`.
 */
export function Access(...who: ['public'] | ['signed-in'] | [Role, ...Role[]]) {
  const access: Access = who[0] === 'public' || who[0] === 'signed-in' ? who[0] : who;
  return SetMetadata(ACCESS, access);
}
