import { UsageFault } from './command.js';

/** Where an EventStoreDB server or cluster is, without anybody's password. */
export interface StoreAddress {
  /** Connection string without credentials. */
  readonly text: string;
  /** `https://host:port` of each node that the address names. */
  readonly nodes: readonly string[];
  readonly caFile: string | undefined;
  readonly tls: boolean;
  /** Whether the text that was read had a password in it, which is left out here. */
  readonly hadCredentials: boolean;
}

const shape = /^(esdb(?:\+discover)?:\/\/)(?:([^/?@]*)@)?([^/?@]+)\/?(?:\?(.*))?$/;

/**
 * Reads `esdb://host:port,host:port?tls=true&tlsCAFile=/path` or `esdb+discover://…`. No fault repeats
 * the text, which may hold a password. @throws UsageFault
 * @param caFile takes the place of `tlsCAFile`
 */
export function readStoreAddress(text: string, caFile?: string): StoreAddress {
  const [, scheme, credentials, hosts = '', query = ''] = shape.exec(text.trim()) ?? [];
  if (scheme === undefined) {
    throw new UsageFault('--store は esdb://ホスト:2113?tls=true&tlsCAFile=/パス の形です。');
  }
  const options = new Map(query.split('&').filter(Boolean).map(keyAndValue));
  const given = caFile ?? options.get('tlsCAFile');
  if (given !== undefined) options.set('tlsCAFile', given);
  // Settings and users are written by the leader alone.
  options.set('nodePreference', 'leader');
  const tls = options.get('tls') !== 'false';
  const nodes = hosts.split(',').map((it) => nodeUrl(it, tls));
  const parameters = Array.from(options, ([key, value]) => `${key}=${value}`).join('&');
  return {
    text: `${scheme}${hosts}?${parameters}`,
    nodes,
    caFile: given,
    tls,
    hadCredentials: credentials !== undefined,
  };
}

const names = ['tls', 'tlsCAFile'];

/** The client reads names without regard to case; the two that are used here are written one way. */
function keyAndValue(parameter: string): [string, string] {
  const [key = '', ...rest] = parameter.split('=');
  const known = names.find((it) => it.toLowerCase() === key.toLowerCase());
  return [known ?? key, rest.join('=')];
}

function nodeUrl(host: string, tls: boolean): string {
  const [, name, port = '2113'] = /^([\w.-]+)(?::(\d{1,5}))?$/.exec(host.trim()) ?? [];
  if (name === undefined) throw new UsageFault('--store のホスト名が読めません。');
  return `${tls ? 'https' : 'http'}://${name}:${port}`;
}
