import type { Pool } from 'pg';

import type { Accounts, NewAccount } from '../identity/accounts.js';
import { inTurn } from '../postgres/in-turn.js';
import { roles } from './domain/acts.js';
import { roleNames } from './domain/role-names.js';
import { type Opening, openRegister, type RegisterStore } from './open-register.js';
import { readRegister } from './register-history.js';
import { registerStream } from './register-stream.js';

type Role = (typeof roles)[number];

/** How a person of a role signs in first; shown once, kept nowhere. */
export interface FirstSignIn extends NewAccount {
  readonly role: Role;
}

type NewRegister = Omit<Opening, 'people' | 'loaders'>;

/** Undefined when the register was open already. */
export type FirstSignIns = readonly FirstSignIn[] | undefined;

/**
 * Opens the register unless it is open, with one person of each role for the operator. A start that died
 * half-way left accounts and no event: they are taken up again with new one-time passwords. Processes
 * that start at once take turns, lest one give out anew the passwords that the other has told.
 */
export async function openRegisterIfNew(
  { pool, accounts, ...register }: RegisterStore & { pool: Pool; accounts: Accounts },
  opening: NewRegister,
): Promise<FirstSignIns> {
  return inTurn(pool, 'opening', async () => {
    const { records } = await readRegister(register.store, registerStream(register.names));
    if (records.length > 0) return undefined;

    const signIns: FirstSignIn[] = [];
    for (const role of roles) signIns.push({ role, ...(await firstPerson(accounts, role)) });
    await openRegister(register, {
      ...opening,
      people: Object.fromEntries(signIns.map((it) => [it.role, it.id])) as Record<Role, string>,
      loaders: {
        registrar: await accounts.withoutSignIn('loader-registrar', '初期資料の登録'),
        approver: await accounts.withoutSignIn('loader-approver', '初期資料の承認'),
      },
    });
    return signIns;
  });
}

async function firstPerson(accounts: Accounts, role: Role): Promise<NewAccount> {
  const left = await accounts.byLogin(role);
  return left === undefined ? accounts.create(role, roleNames[role]) : accounts.resetPassword(role);
}
