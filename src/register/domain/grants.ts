import type { CommonEvent } from '../../entries/domain/common-acts.js';
import type { Actor, Numbered, Role } from '../../entries/domain/event.js';
import type { RegisterOwnEvent } from './acts.js';

/** An account may act in a role for a body (a party's id). */
export interface Grant {
  readonly account: string;
  readonly role: Role;
  readonly body: string;
}

/** Who may act for whom. The operator is known from the opening on. */
export interface Grants {
  readonly operator: string | undefined;
  readonly standing: readonly Grant[];
}

export const nothingGranted: Grants = { operator: undefined, standing: [] };

export type RegisterStreamEvent = RegisterOwnEvent | CommonEvent;

/** The grants standing at n: those of every event of the register's stream up to and with n. */
export function grantsAt(history: Iterable<Numbered<RegisterStreamEvent>>, n: number): Grants {
  let grants = nothingGranted;
  for (const { n: number, event } of history) {
    if (number <= n) grants = grantsAfter(grants, event);
  }
  return grants;
}

/**
 * Grants count in the order of n and at once (domain § 8), where he who granted was entitled by what
 * stood just before; an event that came in another way grants nothing. Only a revocation ends one: a
 * correction or retraction is a registrar's and an approver's act, and these grant and revoke nothing.
 */
export function grantsAfter(grants: Grants, event: RegisterStreamEvent): Grants {
  switch (event.type) {
    case 'RegisterOpened': {
      if (grants.operator !== undefined) return grants;
      const { operator, grants: first, loaders } = event.data;
      const loading: readonly Grant[] = [
        { account: loaders.registrar, role: 'registrar', body: operator },
        { account: loaders.approver, role: 'approver', body: operator },
      ];
      return { operator, standing: [...first, ...loading] };
    }
    case 'RoleGranted':
      if (!mayChange(grants, event.actor, event.data)) return grants;
      return { ...grants, standing: [...without(grants.standing, event.data), event.data] };
    case 'RoleRevoked':
      if (!mayChange(grants, event.actor, event.data)) return grants;
      return { ...grants, standing: without(grants.standing, event.data) };
    case 'KeyRotated':
    case 'ValueErased':
    case 'RegisterMoved':
    case 'EntryApproved':
    case 'EntryRejected':
    case 'FactCorrected':
    case 'FactRetracted':
    case 'FactDisputed':
    case 'DisputeSettled':
    case 'DisputeWithdrawn':
      return grants;
  }
}

export function isGranted(grants: Grants, wanted: Grant): boolean {
  return grants.standing.some((it) => same(it, wanted));
}

/** By an administrator of the operator or of that body, never to himself. */
export function mayChange(grants: Grants, by: Actor, { account, body }: Grant): boolean {
  const ofItsBody = by.body === body || by.body === grants.operator;
  return (
    by.role === 'administrator' && ofItsBody && by.account !== account && isGranted(grants, by)
  );
}

/** The grants that an administrator or auditor may look at: his bodies', all of them for the operator's. */
export function grantsSeenBy({ operator, standing }: Grants, account: string): readonly Grant[] {
  const overseers: readonly Role[] = ['administrator', 'auditor'];
  const bodies = standing.flatMap((it) => {
    return it.account === account && overseers.includes(it.role) ? [it.body] : [];
  });
  return standing.filter((it) => bodies.some((body) => body === it.body || body === operator));
}

function without(standing: readonly Grant[], ended: Grant): readonly Grant[] {
  return standing.filter((it) => !same(it, ended));
}

function same(one: Grant, other: Grant): boolean {
  return one.account === other.account && one.role === other.role && one.body === other.body;
}
