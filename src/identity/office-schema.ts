import type { Pool } from 'pg';

import { inTransaction } from '../event-sourcing/postgres-transaction.js';

/**
 * Creates the tables of the office, which hold what is no event: who can sign in, and who read what.
 * Two processes that start at once take turns; one without the right to create may use what is there.
 */
export async function createOffice(pool: Pool): Promise<void> {
  const connection = await pool.connect();
  try {
    await inTransaction(connection, async () => {
      await connection.query(
        `select pg_advisory_xact_lock(hashtextextended('musubi schema office', 0))`,
      );
      const { rows } = await connection.query<{ complete: boolean }>(
        `select bool_and(to_regclass('office.' || name) is not null) as complete
           from unnest($1::text[]) as name`,
        [tableNames],
      );
      if (rows[0]?.complete !== true) await connection.query(tables);
    });
  } finally {
    connection.release();
  }
}

/** An office that has all of these is complete; one of an earlier program is completed. */
const tableNames = [
  'account',
  'session',
  'api_token',
  'access_log',
  'sign_in_try',
  'sources_loaded',
  'facility_list',
  'facility_list_row',
];

/** Tokens are kept as their SHA-256 alone: whoever reads a dump can sign in with none of it. */
const tables = `
  create schema if not exists office;
  create table if not exists office.account (
    id uuid primary key,
    login text collate "C" not null unique,
    display_name text not null,
    -- argon2id in PHC form; null for an account that cannot sign in.
    password_hash text,
    one_time boolean not null,
    disabled boolean not null default false,
    created_at timestamptz(3) not null
  );
  create table if not exists office.session (
    token_hash bytea primary key,
    account uuid not null references office.account,
    expires_at timestamptz(3) not null
  );
  create index if not exists session_account on office.session (account);
  create table if not exists office.api_token (
    id uuid primary key,
    token_hash bytea not null unique,
    account uuid not null references office.account,
    name text not null,
    created_at timestamptz(3) not null,
    expires_at timestamptz(3) not null,
    revoked_at timestamptz(3),
    last_used_at timestamptz(3)
  );
  create index if not exists api_token_account on office.api_token (account);
  create table if not exists office.access_log (
    id bigint generated always as identity primary key,
    at timestamptz(3) not null,
    account uuid not null references office.account,
    method text not null,
    path text not null,
    body uuid,
    what text not null
  );
  create index if not exists access_log_at on office.access_log (at);
  -- Of a quarter of an hour; neither backups nor a crash need to keep it. Keys are SHA-256.
  create unlogged table if not exists office.sign_in_try (
    key bytea primary key,
    tries timestamptz(3)[] not null default '{}',
    last timestamptz(3) not null default '-infinity'
  );
  create index if not exists sign_in_try_last on office.sign_in_try (last);
  create table if not exists office.sources_loaded (
    digest text primary key,
    at timestamptz not null default now()
  );
  -- 公共施設一覧 as they were sent, and how far each has come: what they become are events.
  create table if not exists office.facility_list (
    id uuid primary key,
    owner uuid not null,
    file_name text not null,
    sha256 text not null,
    bytes bytea not null,
    -- EDTF: the day of the list, null where nobody said it, and the days in which it was written.
    list_day text,
    written text not null,
    complete boolean not null,
    attempt integer not null,
    -- The report as it was given, JSON text.
    report text not null,
    sent_by uuid not null,
    sent_at timestamptz(3) not null,
    judgement text check (judgement in ('approved', 'rejected'))
  );
  create index if not exists facility_list_owner on office.facility_list (owner);
  create table if not exists office.facility_list_row (
    list uuid not null references office.facility_list,
    line integer not null,
    state text not null,
    -- What the row becomes, or is to become: register, change, none.
    act text,
    facility uuid,
    entry uuid,
    -- Who entered it.
    account uuid,
    digest text,
    -- Why it became nothing, JSON text.
    problem text,
    judged text check (judged in ('approved', 'rejected')),
    primary key (list, line)
  );
`;
