import { refuse } from '../entries/domain/refusal.js';

/** Where a register may live, as a person named it. */
export type Place =
  | { readonly kind: 'embedded'; readonly told: string }
  | { readonly kind: 'postgres' | 'eventstoredb'; readonly url: string; readonly told: string };

/** `told` goes into events and onto screens: kind, host, port and database, never who signs in. */
const longest = 150;
const host = String.raw`(?:[\w.-]+|\[[\da-f:.]+\])(?::\d{1,5})?`;
const esdbHosts = new RegExp(`^${host}(?:,${host})*$`, 'i');

/**
 * Reads `embedded`, `postgres://…`, `esdb://…`, `esdb+discover://…`, or `env:NAME` for a variable that
 * holds one of them. No refusal repeats the value, which may hold a password.
 * @throws Refusal `move/place`
 */
export function readPlace(option: string, text: string, environment: NodeJS.ProcessEnv): Place {
  const variable = /^env:(.*)$/s.exec(text)?.[1];
  const value = variable === undefined ? text : environment[variable]?.trim();
  if (!value) return refused(option, `環境変数 ${variable} が設定されていません。`);
  if (value === 'embedded') return { kind: 'embedded', told: 'embedded' };
  const told = toldPostgres(value) ?? toldEventStoreDb(value);
  if (told === undefined) {
    return refused(
      option,
      'embedded、postgres://…、esdb://…、esdb+discover://… のいずれか、またはそれを値とする環境変数の名を env:名 で指定してください。',
    );
  }
  if (told.length > longest) return refused(option, `${longest}字までで指定してください。`);
  return { kind: told.startsWith('esdb') ? 'eventstoredb' : 'postgres', url: value, told };
}

/** Other programs of the machine see the words of a command line. */
export function showsPassword(text: string): boolean {
  return !text.startsWith('env:') && secretsIn(text).length > 0;
}

/** What of a place's URL must never be shown: the password as it stands there and as it is meant. */
export function secretsIn(url: string): readonly string[] {
  const credentials = /^[a-z+]+:\/\/([^?]*)@/s.exec(url)?.[1] ?? '';
  const inQuery = [...url.matchAll(/[?&]password=([^&]*)/gi)].map((it) => it[1] ?? '');
  const passwords = [credentials.slice(credentials.indexOf(':') + 1 || Infinity), ...inQuery];
  return passwords.filter((it) => it !== '').flatMap((it) => [it, decoded(it)]);
}

function toldPostgres(text: string): string | undefined {
  if (!/^postgres(?:ql)?:\/\//.test(text) || !URL.canParse(text)) return undefined;
  const url = new URL(text);
  const database = decoded(url.pathname.slice(1)) || decoded(url.username);
  // An @ behind the host is a password with a slash that was not encoded.
  if (database === '' || database.includes('@')) return undefined;
  const name = url.hostname || url.searchParams.get('host') || 'localhost';
  return `postgres://${name}:${url.port || '5432'}/${database}`;
}

function toldEventStoreDb(text: string): string | undefined {
  const scheme = /^esdb(?:\+discover)?:\/\//.exec(text)?.[0];
  if (scheme === undefined) return undefined;
  const hosts = text.slice(Math.max(scheme.length, text.lastIndexOf('@') + 1)).split(/[/?]/)[0];
  return hosts !== undefined && esdbHosts.test(hosts) ? scheme + hosts.toLowerCase() : undefined;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function refused(option: string, expected: string): never {
  return refuse('malformed', 'move/place', `--${option} を読めません。${expected}`);
}
