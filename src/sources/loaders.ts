import type { StreamNames } from '../entries/stream-names.js';
import type { EventStore } from '../event-sourcing/event-store.js';
import type { SignedIn } from '../identity/principal.js';
import { readRegister } from '../register/register-history.js';
import { registerStream } from '../register/register-stream.js';
import type { Loaders } from './enter-and-approve.js';

/**
 * The two accounts without sign-in that the register was opened with, in the roles that stand.
 * @returns undefined while the register is not open
 */
export async function loadersOf(
  store: EventStore,
  names: StreamNames,
): Promise<Loaders | undefined> {
  const { records, grants } = await readRegister(store, registerStream(names));
  const opened = records[0]?.event;
  if (opened?.type !== 'RegisterOpened') return undefined;
  const { operator, operatorName, loaders } = opened.data;
  const account = (id: string, login: string): SignedIn => ({
    kind: 'signed-in',
    account: id,
    login,
    displayName: login,
    grants: grants.standing
      .filter((it) => it.account === id)
      .map(({ role, body }) => ({ role, body })),
  });
  return {
    operator,
    operatorName,
    registrar: account(loaders.registrar, 'loader-registrar'),
    approver: account(loaders.approver, 'loader-approver'),
  };
}
