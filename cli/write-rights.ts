import { refuse } from '../src/entries/domain/refusal.js';
import type { StoreAdministration } from '../src/event-sourcing/eventstoredb/administration.js';
import {
  type Acl,
  allMetadataStream,
  defaultsStream,
  otherAccounts,
  sameRights,
  wantedAllAcl,
  wantedDefaults,
} from './store-rights.js';

/**
 * Sets the default rights and those of the order of all events, where they are not so already.
 * @throws Refusal `rights/shared`, before anything is changed, where another account would lose a right
 * @throws StoreUnavailable
 */
export async function writeRights(
  administration: StoreAdministration,
  accounts: readonly string[],
  say: (line: string) => void,
): Promise<void> {
  const defaults = await administration.setting(defaultsStream);
  const all = await administration.setting(allMetadataStream);
  const found = (defaults?.data ?? {}) as { readonly $userStreamAcl?: Acl };
  const metadata = (all?.data ?? {}) as { readonly $acl?: Acl };

  const others = [found.$userStreamAcl, metadata.$acl].flatMap((it) => otherAccounts(it, accounts));
  if (others.length > 0) {
    const names = [...new Set(others)].join(',');
    refuse(
      'conflict',
      'rights/shared',
      `${names} にも記録の権利があります。何も変えていません。同じサーバーを使い続けるなら --shared-with ${names} を付けてください。`,
    );
  }

  const wanted = wantedDefaults(accounts);
  if (sameRights(found, wanted)) {
    say('そのまま: 既定の権利（$settings）');
  } else {
    await administration.set(defaultsStream, '$settings', wanted, defaults);
    say('変更: 既定の権利（$settings）');
  }

  const acl = wantedAllAcl(accounts);
  if (sameRights(metadata.$acl, acl)) {
    say('そのまま: すべての記録を順に読む権利（$all）');
  } else {
    await administration.set(allMetadataStream, '$metadata', { ...metadata, $acl: acl }, all);
    say('変更: すべての記録を順に読む権利（$all）');
  }
}
