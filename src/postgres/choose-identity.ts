import { stat } from 'node:fs/promises';

import type { Binaries } from './binaries.js';
import { closedDirectory } from './closed-path.js';
import { DatabaseFault } from './database-fault.js';
import type { DataDirectory } from './data-directory.js';
import { createAccount, nameOf, ordinaryAccounts } from './ordinary-account.js';
import { type RunAs, userNamespace } from './run-as.js';

/**
 * Decides as whom PostgreSQL runs for a cluster that `owner` owns (undefined: a new one). root uses a
 * user namespace, in which it stays the owner of its files; where that is denied, an ordinary account.
 */
export async function chooseIdentity(owner: number | undefined, cluster: string): Promise<RunAs> {
  if (ownUid() !== 0) return identityOfUser(owner);
  if (owner === undefined || owner === 0) {
    const namespace = await userNamespace();
    if (namespace) return namespace;
    if (owner === 0) throw await namespacesDenied(cluster);
  }
  const accounts = await ordinaryAccounts();
  const account =
    owner === undefined
      ? (accounts[0] ?? (await createAccount()))
      : accounts.find((it) => it.uid === owner);
  if (account) return { kind: 'account', ...account };
  throw owner === undefined ? noOrdinaryUser() : await otherOwner(cluster, owner);
}

/** A container may run us under a uid without a name, which initdb refuses; a namespace lends it one. */
async function identityOfUser(owner: number | undefined): Promise<RunAs> {
  if (owner !== undefined || (await nameOf(ownUid())) !== undefined) return { kind: 'self' };
  const namespace = await userNamespace();
  if (!namespace) throw nameless(ownUid());
  return namespace;
}

/** Refuses an ordinary user what somebody else made here, such as root in an earlier start. */
export async function requireOwnData({ root, cluster, lock }: DataDirectory): Promise<void> {
  const uid = ownUid();
  if (uid === 0) return;
  for (const path of [cluster, lock]) {
    const owner = await stat(path).then(
      (it) => it.uid,
      () => uid,
    );
    if (owner !== uid) throw await otherOwner(root, owner);
  }
}

/**
 * Refuses when the identity cannot reach the data or the programs. Without root's privileges a
 * directory with mode 0700 on the way stops it: somebody else's in a namespace, root's for an account.
 */
export async function requireOpenWay(
  who: RunAs,
  data: DataDirectory,
  binaries: Binaries,
): Promise<void> {
  if (ownUid() !== 0) return;
  const user = who.kind === 'account' ? who : { uid: ownUid(), gid: process.getgid?.() ?? 0 };
  const as = who.kind === 'account' ? `利用者 ${who.name}` : '特権のない root';
  for (const path of [data.root, binaries.root]) {
    const closed = await closedDirectory(path, user);
    if (closed === undefined) continue;
    throw new DatabaseFault(
      'database/path-closed',
      `PostgreSQL は root の権限では動かせないため${as}として起動しますが、途中の ${closed} を通れず ${path} に届きません。` +
        `「chmod o+x ${closed}」で通れるようにするか、その所有者として起動するか、${path === data.root ? 'MUSUBI_DATA に別の場所（例：/var/lib/musubi）を指定' : 'プログラムを別の場所（例：/opt/musubi）に置いて起動'}してください。`,
    );
  }
}

async function otherOwner(cluster: string, owner: number): Promise<DatabaseFault> {
  const name = (await nameOf(owner)) ?? `uid ${owner}`;
  return new DatabaseFault(
    'database/other-owner',
    `${cluster} の所有者は ${name} です。${name} として起動するか、「chown -R」で所有者を変えるか、MUSUBI_DATA に別の場所を指定してください。`,
  );
}

async function namespacesDenied(cluster: string): Promise<DatabaseFault> {
  const account = (await ordinaryAccounts())[0]?.name ?? '一般利用者';
  return new DatabaseFault(
    'database/other-owner',
    `${cluster} の所有者は root ですが、この環境ではユーザー名前空間が使えず、PostgreSQL は root では動きません。「chown -R ${account} ${cluster}」で所有者を変えるか、一般利用者として起動してください。`,
  );
}

function noOrdinaryUser(): DatabaseFault {
  return new DatabaseFault(
    'database/no-ordinary-user',
    'PostgreSQL は root では動きません。この環境ではユーザー名前空間も利用者の追加もできないため、一般利用者として起動するか、DATABASE_URL に接続先を指定してください。',
  );
}

function nameless(uid: number): DatabaseFault {
  return new DatabaseFault(
    'database/no-ordinary-user',
    `実行中の利用者（uid ${uid}）の名前がこの環境に登録されておらず、PostgreSQL を初期化できません。/etc/passwd に登録のある利用者として起動するか、DATABASE_URL に接続先を指定してください。`,
  );
}

function ownUid(): number {
  return process.getuid?.() ?? 0;
}
