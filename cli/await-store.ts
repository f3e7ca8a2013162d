import { setTimeout as pause } from 'node:timers/promises';

import { refuse } from '../src/entries/domain/refusal.js';
import type { StoreAccount } from '../src/event-sourcing/eventstoredb/administration.js';
import type { StoreUsers } from './store-users.js';

export interface Patience {
  /** Milliseconds for a server that has just started, or has no leader yet. */
  readonly start: number;
  /** Milliseconds after which a refused administrator is refused for good: he is made after the first answers. */
  readonly refusal: number;
}

const usual: Patience = { start: 120_000, refusal: 60_000 };

/**
 * Waits until the server knows its administrator.
 * @throws Refusal `store/admin-refused`; StoreUnavailable, at once where its certificate is not to be trusted
 */
export async function awaitStore(
  users: StoreUsers,
  admin: StoreAccount,
  say: (line: string) => void,
  patience = usual,
): Promise<void> {
  const start = Date.now();
  for (let tries = 0; ; tries += 1) {
    const known = await users.accepts(admin).catch((fault: unknown) => fault);
    if (known === true) return;
    if (tries === 0) say('サーバーの準備を待っています。');
    const waited = Date.now() - start;
    if (known === false && waited > patience.refusal) {
      refuse(
        'forbidden',
        'store/admin-refused',
        'admin のパスワードが違います。最初のパスワードはサーバーの最初の起動の時だけ読まれます。',
      );
    }
    if (known !== false && (waited > patience.start || isCertificateFault(known))) throw known;
    await pause(500);
  }
}

/** A wrong authority does not become right by waiting. */
export function isCertificateFault(fault: unknown): boolean {
  const cause = fault instanceof Error && fault.cause instanceof Error ? fault.cause : undefined;
  return /certificate|altname|issuer/i.test(cause?.message ?? '');
}
