import type { Actor, Role } from '../entries/domain/event.js';
import { refuse } from '../entries/domain/refusal.js';
import { roleNames } from '../register/domain/role-names.js';

export interface HeldRole {
  readonly role: Role;
  /** A party's id. */
  readonly body: string;
}

/** Somebody who signed in, with the roles that stood when the request came. */
export interface SignedIn {
  readonly kind: 'signed-in';
  readonly account: string;
  readonly login: string;
  readonly displayName: string;
  readonly grants: readonly HeldRole[];
}

/** Anybody who has not signed in; sees what is disclosed. */
export interface Public {
  readonly kind: 'public';
  readonly grants: readonly HeldRole[];
}

export type Principal = SignedIn | Public;

export const thePublic: Public = { kind: 'public', grants: [] };

/** Who acts, in which role, for which body. @throws Refusal `access/not-for-this-body` */
export function authorise(principal: Principal, role: Role, body: string): Actor {
  const { account } = signedIn(principal);
  if (holds(principal, role, body)) return { account, role, body };
  return refuse(
    'forbidden',
    'access/not-for-this-body',
    `この操作には、団体 ${body} の${roleNames[role]}の権限が必要です。`,
    {
      field: 'body',
      code: 'access/not-for-this-body',
      read: body,
      expected: `自分が${roleNames[role]}（${role}）である団体`,
    },
  );
}

export function holds(principal: Principal, role: Role, body: string): boolean {
  return principal.grants.some((it) => it.role === role && it.body === body);
}

/** @throws Refusal `session/required` */
export function signedIn(principal: Principal): SignedIn {
  if (principal.kind === 'signed-in') return principal;
  return refuse(
    'forbidden',
    'session/required',
    'サインインするか、APIトークンを Authorization ヘッダーに付けてください。',
  );
}
