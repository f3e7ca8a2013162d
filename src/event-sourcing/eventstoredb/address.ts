/** A connection string, with the user taken out: he goes along with each call instead. */
export interface EventStoreDbAddress {
  /** Without user and password. */
  readonly connection: string;
  readonly credentials: { readonly username: string; readonly password: string } | undefined;
  readonly tls: boolean;
  /** Hosts and ports as they stand there, for people. */
  readonly hosts: string;
}

const shape =
  /^(esdb(?:\+discover)?:\/\/)(?:([^:@/]+):([^@/]+)@)?([\w.:,[\]-]+)\/?(?:\?([\w%.,~/:=&+-]*))?$/;

/**
 * Reads `esdb://user:password@host:2113,host:2113?tls=true&tlsCAFile=/path`, or `esdb+discover://…` for
 * a name that leads to all nodes. Undefined where it is none.
 */
export function readAddress(text: string): EventStoreDbAddress | undefined {
  const found = shape.exec(text.trim());
  if (found === null) return undefined;
  const [, protocol = '', username, password, hosts = '', query = ''] = found;
  const settings = query.split('&').filter((it) => it !== '');
  if (!settings.every((it) => /^[A-Za-z]+=.+$/.test(it))) return undefined;
  const asked = settings.find((it) => it.toLowerCase().startsWith('tls='))?.slice(4);
  if (asked !== undefined && asked !== 'true' && asked !== 'false') return undefined;
  const credentials = decoded(username, password);
  if (username !== undefined && credentials === undefined) return undefined;
  const joined = query === '' ? '' : `?${query}`;
  return { connection: `${protocol}${hosts}${joined}`, credentials, tls: asked !== 'false', hosts };
}

function decoded(username?: string, password?: string): EventStoreDbAddress['credentials'] {
  if (username === undefined || password === undefined) return undefined;
  try {
    return { username: decodeURIComponent(username), password: decodeURIComponent(password) };
  } catch {
    return undefined;
  }
}
