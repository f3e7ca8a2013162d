import { refuse } from '../src/entries/domain/refusal.js';
import { StoreAdministration } from '../src/event-sourcing/eventstoredb/administration.js';
import { StoreUnavailable } from '../src/event-sourcing/event-store.js';
import { awaitStore, isCertificateFault } from './await-store.js';
import type { Command } from './command.js';
import { isProven, proofs } from './prove-rights.js';
import { readAsked } from './secure-store-options.js';
import { StoreUsers } from './store-users.js';
import { writeRights } from './write-rights.js';
import { writeUser } from './write-user.js';

/** 保存先の権利: the register's own account in EventStoreDB, what it may do, and the proof. */
export const secureStore: Command = {
  name: 'secure-store',
  usage: [
    [
      'secure-store --store <接続文字列か env:名前> --admin-password env:名前 --user <利用者名> --password env:名前',
      '      [--register main] [--ca <CA証明書>] [--shared-with <利用者名,…>]   EventStoreDB に利用者と権利を置き、確かめる',
    ].join('\n'),
  ],
  run: async (args, terminal, _config, environment) => {
    const asked = readAsked(args, environment);
    const users = new StoreUsers(asked.address, asked.admin);
    const administration = new StoreAdministration(asked.address.text, asked.admin);
    const say = (line: string) => terminal.out(line);
    try {
      await awaitStore(users, asked.admin, (line) => terminal.err(line));
      await writeUser(users, asked.account, say);
      await writeRights(administration, [asked.account.username, ...asked.sharedWith], say);
      await noOwnSettings(administration, asked.prefix, say);
      await prove({ ...asked, administration, users }, say);
    } catch (fault) {
      if (fault instanceof StoreUnavailable) unreachable(fault);
      throw fault;
    } finally {
      await administration.close();
    }
  },
};

async function noOwnSettings(
  administration: StoreAdministration,
  prefix: string,
  say: (line: string) => void,
): Promise<void> {
  const found = [...(await administration.ownSettings(prefix)).keys()];
  if (found.length === 0) return say(`確認: ${prefix}… に独自の設定や消去はない`);
  for (const stream of found.slice(0, 20)) say(`不適合: ${stream} に独自の設定か消去がある`);
  refuse(
    'conflict',
    'rights/own-settings',
    `独自の設定か消去のあるストリームが ${found.length} 件あります。既定の権利より先に効くので、管理者が理由を確かめてください。`,
  );
}

async function prove(proving: Parameters<typeof proofs>[0], say: (line: string) => void) {
  let failed = 0;
  for (const proof of proofs(proving)) {
    const proven = await isProven(proof);
    say(
      proven ? `確認: ${proof.text}` : `不適合: 「${proof.text}」が成り立たない（${proof.code}）`,
    );
    if (!proven) failed += 1;
  }
  if (failed > 0) {
    refuse('forbidden', 'rights/not-proven', `権利が ${failed} 件、あるべき形ではありません。`);
  }
}

function unreachable(fault: StoreUnavailable): never {
  refuse(
    'unknown',
    isCertificateFault(fault) ? 'store/certificate' : 'store/unavailable',
    `EventStoreDB に確かめられません。アドレスと CA 証明書、サーバーの状態を確かめてください: ${fault.message}`,
  );
}
