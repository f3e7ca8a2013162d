/**
 * Who may do what on the server, as it stands in its settings streams. `$r` read, `$w` append, `$d`
 * delete, `$mr` and `$mw` read and write a stream's metadata.
 */
export interface Acl {
  readonly $r?: string | readonly string[];
  readonly $w?: string | readonly string[];
  readonly $d?: string | readonly string[];
  readonly $mr?: string | readonly string[];
  readonly $mw?: string | readonly string[];
}

const admins = '$admins';

/** The stream that holds the rights for streams that say nothing themselves. */
export const defaultsStream = '$settings';
/** The metadata of the order of all events, which is read like a stream of the name `$all`. */
export const allMetadataStream = '$$$all';

/**
 * 既定の権利: the accounts read and append, and nobody but an administrator deletes, truncates or sets
 * a limit. The server's own streams stay with the administrators.
 */
export function wantedDefaults(accounts: readonly string[]) {
  const rights = { $r: [...accounts, admins], $w: [...accounts, admins] };
  const own = { $d: [admins], $mr: [admins], $mw: [admins] };
  return {
    $userStreamAcl: { ...rights, ...own },
    $systemStreamAcl: { $r: [admins], $w: [admins], ...own },
  };
}

/** The accounts read `$all`, which at first only administrators may. */
export function wantedAllAcl(accounts: readonly string[]): Acl {
  return {
    $r: [...accounts, admins],
    $w: [admins],
    $d: [admins],
    $mr: [admins],
    $mw: [admins],
  };
}

/** Whether two settings give the same rights: the order of names says nothing. */
export function sameRights(found: unknown, wanted: unknown): boolean {
  return JSON.stringify(plain(found)) === JSON.stringify(plain(wanted));
}

/**
 * Accounts that a setting lets read or append beside those that are wanted. They would lose it, so a
 * person has to say that they may. Everybody (`$all`) is nobody in particular.
 */
export function otherAccounts(acl: Acl | undefined, accounts: readonly string[]): string[] {
  const named = [acl?.$r, acl?.$w].flatMap((it) => it ?? []);
  const expected = new Set([...accounts, admins, '$all']);
  return [...new Set(named)].filter((it) => !expected.has(it));
}

function plain(value: unknown): unknown {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.map(String).sort((a, b) => (a < b ? -1 : 1));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, it]) => [key, plain(it)] as const);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}
