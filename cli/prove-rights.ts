import { setTimeout as pause } from 'node:timers/promises';

import type {
  StoreAccount,
  StoreAct,
  StoreAdministration,
} from '../src/event-sourcing/eventstoredb/administration.js';
import { allMetadataStream, defaultsStream } from './store-rights.js';
import type { StoreUsers } from './store-users.js';

/** One right as it must be, in words, and what its absence is called. */
export interface Proof {
  readonly text: string;
  readonly code: string;
  holds(): Promise<boolean>;
}

export interface Proving {
  readonly administration: StoreAdministration;
  readonly users: StoreUsers;
  /** The register's own account. */
  readonly account: StoreAccount;
  /** How the streams of the register begin. */
  readonly prefix: string;
}

/** Milliseconds that a new right may take to be known by every node. */
const settling = 5_000;

/** Every right of the register's account, of nobody and of the first passwords; trying them changes nothing. */
export function proofs(proving: Proving): readonly Proof[] {
  return [...ofAccount(proving), ...ofNobody(proving), ...ofFirstPasswords(proving)];
}

/** A changed right reaches the nodes one after the other, so it is asked again for a while. */
export async function isProven(proof: Proof): Promise<boolean> {
  const until = Date.now() + settling;
  for (;;) {
    if (await proof.holds()) return true;
    if (Date.now() > until) return false;
    await pause(200);
  }
}

function ofAccount({ administration, users, account, prefix }: Proving): Proof[] {
  const stream = probeStream(prefix);
  const who = account.username;
  const may = (act: StoreAct, can: string): Proof => ({
    text: `${who} は${can}`,
    code: `rights/${act}-refused`,
    holds: () => administration.allows(act, stream, account),
  });
  const mayNot = (act: StoreAct, cannot: string, on = stream, code: string = act): Proof => ({
    text: `${who} は${cannot}`,
    code: `rights/${code}-allowed`,
    holds: async () => !(await administration.allows(act, on, account)),
  });
  return [
    may('append', '記録を追記できる'),
    may('read', '記録を読める'),
    may('read-all', 'すべての記録を順に読める'),
    mayNot('set-metadata', '記録に上限や独自の権利を付けられない'),
    mayNot('read-metadata', '記録に付いた設定を読めない'),
    mayNot('delete', '記録を消せない'),
    mayNot('tombstone', '記録を二度と使えなくできない'),
    mayNot('append', '既定の権利を書き換えられない', defaultsStream, 'settings'),
    mayNot('append', '全体を読む権利を書き換えられない', allMetadataStream, 'all-metadata'),
    {
      text: `${who} はほかの利用者を見られない（管理者でない）`,
      code: 'rights/users-allowed',
      holds: async () => !(await users.maySeeOthers(account)),
    },
  ];
}

function ofNobody({ administration, prefix }: Proving): Proof[] {
  const stream = probeStream(prefix);
  const mayNot = (act: StoreAct, cannot: string, on = stream): Proof => ({
    text: `サインインしない人は${cannot}`,
    code: `rights/anonymous-${act}`,
    holds: async () => !(await administration.allows(act, on, undefined)),
  });
  return [
    mayNot('read', '記録を読めない'),
    mayNot('read-all', 'すべての記録を順に読めない'),
    mayNot('append', '記録を追記できない'),
    mayNot('set-metadata', '記録に上限や独自の権利を付けられない'),
    mayNot('delete', '記録を消せない'),
    mayNot('tombstone', '記録を二度と使えなくできない'),
    mayNot('append', '既定の権利を書き換えられない', defaultsStream),
  ];
}

function ofFirstPasswords({ users }: Proving): Proof[] {
  return ['admin', 'ops'].map((username) => ({
    text: `${username} の製品既定のパスワードは通らない`,
    code: 'rights/first-password',
    holds: async () => !(await users.accepts({ username, password: 'changeit' })),
  }));
}

/** Below the register's prefix, so that the rights of its streams are tried; it never comes to be. */
function probeStream(prefix: string): string {
  return `${prefix}probe`;
}
