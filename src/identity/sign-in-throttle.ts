import { createHash } from 'node:crypto';

import { Inject, Injectable } from '@nestjs/common';
import type { ClientBase, Pool } from 'pg';

import type { Clock } from '../clock.js';
import { CLOCK } from '../clock.token.js';
import { refuse } from '../entries/domain/refusal.js';
import { inTransaction } from '../event-sourcing/postgres-transaction.js';
import { POOL } from '../postgres/pool.token.js';

const windowMinutes = 15;
/** Failed tries in the window. An office shares one address; a login must not be locked from afar. */
const limits = { both: 5, login: 50, address: 50 };

/** What tries are counted by. */
interface Counter {
  readonly key: Buffer;
  readonly limit: number;
}

/**
 * Slows the guessing of passwords, counted by all processes together in `office.sign_in_try`. A try
 * counts from its beginning, so that tries sent together count too; one that succeeds is forgotten.
 */
@Injectable()
export class SignInThrottle {
  constructor(
    @Inject(POOL) private readonly pool: Pool,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws Refusal `session/throttled` */
  async enter(login: string, address: string): Promise<void> {
    const counters = countersOf(login, address);
    // Whoever is past a limit is told so without holding up others who share his address.
    if (full(counters, await this.recent(this.pool, counters, read))) return refuseTry();
    const connection = await this.pool.connect();
    try {
      await inTransaction(connection, async () => {
        const recent = await this.recent(connection, counters, hold);
        if (full(counters, recent)) refuseTry();
        await connection.query(count, [keysOf(counters), this.clock.instant(), this.since()]);
      });
    } finally {
      connection.release();
    }
  }

  /** The tries of this login from this address are forgotten, and one of each of the two alone. */
  async succeeded(login: string, address: string): Promise<void> {
    const counters = countersOf(login, address);
    await this.pool.query(forget, [keysOf(counters), counters[0].key]);
  }

  /** How many tries of the window each key has. */
  private async recent(
    connection: ClientBase | Pool,
    counters: readonly Counter[],
    statement: string,
  ): Promise<ReadonlyMap<string, number>> {
    const values = [keysOf(counters), this.since()];
    const { rows } = await connection.query<{ key: Buffer; recent: number }>(statement, values);
    return new Map(rows.map((it) => [it.key.toString('hex'), it.recent]));
  }

  private since(): string {
    return new Date(this.clock.millis() - windowMinutes * 60_000).toISOString();
  }
}

function countersOf(login: string, address: string): readonly [Counter, Counter, Counter] {
  return [
    { key: hashed([login, address]), limit: limits.both },
    { key: hashed([login]), limit: limits.login },
    { key: hashed([null, address]), limit: limits.address },
  ];
}

/** Nobody reads logins that were mistyped, or passwords typed into their field, in the database. */
function hashed(name: readonly unknown[]): Buffer {
  return createHash('sha256').update(JSON.stringify(name)).digest();
}

function keysOf(counters: readonly Counter[]): readonly Buffer[] {
  return counters.map((it) => it.key);
}

function full(counters: readonly Counter[], recent: ReadonlyMap<string, number>): boolean {
  return counters.some(({ key, limit }) => (recent.get(key.toString('hex')) ?? 0) >= limit);
}

function refuseTry(): never {
  return refuse(
    'forbidden',
    'session/throttled',
    `サインインの失敗が続いたため、受け付けを止めています。${windowMinutes}分ほど待ってからやり直してください。`,
  );
}

const recentTries = `cardinality(array(select it from unnest(tries) as it where it > $2)) as recent`;

const read = `select key, ${recentTries} from office.sign_in_try where key = any($1)`;

/** Rows are made and held in one order everywhere, so that no two tries wait for each other. */
const hold = `
  insert into office.sign_in_try as held (key)
  select key from unnest($1::bytea[]) as key order by key
  on conflict (key) do update set tries = held.tries
  returning key, ${recentTries}`;

/** Clears away, too, what no longer counts for anybody, and waits for nobody in that. */
const count = `
  with over as (
    delete from office.sign_in_try where key in (
      select key from office.sign_in_try
       where last <= $3 and key <> all($1) limit 100 for update skip locked))
  update office.sign_in_try set last = $2,
      tries = array(select it from unnest(tries) as it where it > $3) || $2::timestamptz
   where key = any($1)`;

/** Of the tries that have no name of their own the newest is as good as any. */
const forget = `
  with held as (
    select key from office.sign_in_try where key = any($1) order by key for update)
  update office.sign_in_try as it
     set tries = case it.key when $2 then '{}' else it.tries[:cardinality(it.tries) - 1] end
    from held where it.key = held.key`;
