import { registerSchemas } from '../open-event-store.js';
import type { MovedTable } from './copy-table.js';

const vaultColumns = ['commitment', 'salt', 'ciphertext', 'key'] as const;
const vault = `${registerSchemas.vaultSchema}.sealed_value`;

/** Rows that the source has no longer were erased there, and must not come back to life. */
export const vaultTable: MovedTable = {
  name: vault,
  columns: vaultColumns,
  order: 'commitment',
  merge: `
    delete from ${vault} as there
     where not exists (select from coming where coming.commitment = there.commitment);
    ${upsert(vault, 'commitment', vaultColumns)}`,
};

const accountColumns = [
  'id',
  'login',
  'display_name',
  'password_hash',
  'one_time',
  'disabled',
  'created_at',
] as const;

export const accountTable: MovedTable = {
  name: 'office.account',
  columns: accountColumns,
  order: 'id',
  merge: upsert('office.account', 'id', accountColumns),
};

const tokenColumns = [
  'id',
  'token_hash',
  'account',
  'name',
  'created_at',
  'expires_at',
  'revoked_at',
  'last_used_at',
] as const;

/** Programs go on with the tokens they have; one that only the target knew opens nothing any more. */
export const tokenTable: MovedTable = {
  name: 'office.api_token',
  columns: tokenColumns,
  order: 'id',
  merge: `
    delete from office.api_token as there
     where not exists (select from coming where coming.id = there.id);
    ${upsert('office.api_token', 'id', tokenColumns)}`,
};

const logColumns = 'at, account, method, path, body, what';

/** Both ends may have gone on logging under the same ids: rows are told apart by all that they say. */
export const accessLogTable: MovedTable = {
  name: 'office.access_log',
  columns: logColumns.split(', '),
  order: 'id',
  merge: `
    insert into office.access_log (${logColumns})
    select * from (
      select ${logColumns} from coming except all select ${logColumns} from office.access_log
    ) as missing order by at`,
};

const listColumns = [
  'id',
  'owner',
  'file_name',
  'sha256',
  'bytes',
  'list_day',
  'written',
  'complete',
  'attempt',
  'report',
  'sent_by',
  'sent_at',
  'judgement',
] as const;

/** A list that is half applied goes on at the target. */
export const facilityListTable: MovedTable = {
  name: 'office.facility_list',
  columns: listColumns,
  order: 'id',
  merge: upsert('office.facility_list', 'id', listColumns),
};

const listRowColumns = [
  'list',
  'line',
  'state',
  'act',
  'facility',
  'entry',
  'account',
  'digest',
  'problem',
  'judged',
] as const;

export const facilityListRowTable: MovedTable = {
  name: 'office.facility_list_row',
  columns: listRowColumns,
  order: 'list, line',
  merge: upsert('office.facility_list_row', 'list, line', listRowColumns),
};

/** Of these each row must be the same at both ends in the end. */
export const provenTables: readonly MovedTable[] = [vaultTable, accountTable, tokenTable];

/** In the order in which rows name each other. */
export const movedTables: readonly MovedTable[] = [
  ...provenTables,
  facilityListTable,
  facilityListRowTable,
  accessLogTable,
];

/** Everybody signs in anew: a session that an old target kept may have been ended since. */
export const endSessions = 'delete from office.session';

/** What stays: the last quarter of an hour counts anew, and the loader of the source documents finds by itself what is in already. */
export const stayingTables: readonly string[] = [
  'office.session',
  'office.sign_in_try',
  'office.sources_loaded',
];

function upsert(table: string, key: string, columns: readonly string[]): string {
  const others = columns.filter((it) => it !== key);
  const set = others.map((it) => `${it} = excluded.${it}`).join(', ');
  const row = (of: string) => `(${others.map((it) => `${of}.${it}`).join(', ')})`;
  return `
    insert into ${table} as there (${columns.join(', ')}) select * from coming
    on conflict (${key}) do update set ${set} where ${row('there')} is distinct from ${row('excluded')}`;
}
