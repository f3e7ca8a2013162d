import { accessSync, constants } from 'node:fs';

import { refuse } from '../src/entries/domain/refusal.js';
import { StreamNames } from '../src/entries/stream-names.js';
import { UsageFault } from './command.js';
import { readOptions } from './options.js';
import { readReference, readSecret } from './secret-reference.js';
import { readStoreAddress } from './store-address.js';

/**
 * What `secure-store` is asked to do. Passwords come by reference alone.
 * @throws UsageFault, Refusal `secret/missing`, `store/insecure`, `store/no-authority`
 */
export function readAsked(args: readonly string[], environment: NodeJS.ProcessEnv) {
  const options = readOptions(args, {
    store: {},
    'admin-password': {},
    user: {},
    password: {},
    register: { default: 'main' },
    ca: { default: '' },
    'shared-with': { default: '' },
  });
  const referred = readReference('--store', options.store, environment);
  const ca = options.ca === '' ? undefined : options.ca;
  const address = readStoreAddress(referred ?? options.store, ca);
  if (referred === undefined && address.hadCredentials) {
    throw new UsageFault(
      '--store に利用者名とパスワードを書かないでください。接続文字列からは除き、パスワードは --password env:環境変数名 で指定します。書かれたパスワードは替えてください。',
    );
  }
  if (!address.tls) {
    refuse(
      'malformed',
      'store/insecure',
      'tls=false のサーバーには利用者も権利もありません。証明書を置いて起動したサーバーを指定してください。',
    );
  }
  if (address.caFile !== undefined && !isReadable(address.caFile)) {
    refuse('malformed', 'store/no-authority', `CA 証明書 ${address.caFile} が読めません。`);
  }
  const secret = (option: 'admin-password' | 'password') =>
    readSecret(`--${option}`, options[option], environment);
  return {
    address,
    admin: { username: 'admin', password: secret('admin-password') },
    account: { username: login('--user', options.user), password: secret('password') },
    sharedWith: options['shared-with']
      .split(',')
      .filter(Boolean)
      .map((it) => login('--shared-with', it)),
    prefix: new StreamNames(options.register).prefix,
  };
}

function isReadable(path: string): boolean {
  try {
    accessSync(path, constants.R_OK);
    return true;
  } catch {
    return false;
  }
}

/** The server's own accounts have rights that no setting takes from them. */
function login(option: string, name: string): string {
  if (/^[a-z][a-z0-9_-]{0,31}$/.test(name) && name !== 'admin' && name !== 'ops') return name;
  throw new UsageFault(
    `${option} は半角の英小文字で始まる32字までの名前です（admin と ops は使えません）。`,
  );
}
