import { randomUUID } from 'node:crypto';

import { Inject, Injectable } from '@nestjs/common';
import type { Pool } from 'pg';

import type { Clock } from '../clock.js';
import { CLOCK } from '../clock.token.js';
import { refuse } from '../entries/domain/refusal.js';
import { POOL } from '../postgres/pool.token.js';
import { hashPassword, oneTimePassword } from './password.js';

export interface Account {
  readonly id: string;
  readonly login: string;
  readonly displayName: string;
  /** argon2id in PHC form; null for an account that cannot sign in. */
  readonly passwordHash: string | null;
  /** The password was given out and must be replaced at the first sign-in. */
  readonly oneTime: boolean;
  readonly disabled: boolean;
}

/** An account and the one-time password that is shown once and kept nowhere. */
export interface NewAccount {
  readonly id: string;
  readonly login: string;
  readonly oneTimePassword: string;
}

const columns = `id, login, display_name as "displayName", password_hash as "passwordHash",
  one_time as "oneTime", disabled`;

/** The accounts of people and programs. They carry no rights: these are granted by events. */
@Injectable()
export class Accounts {
  constructor(
    @Inject(POOL) private readonly pool: Pool,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async byLogin(login: string): Promise<Account | undefined> {
    const { rows } = await this.pool.query<Account>(
      `select ${columns} from office.account where login = $1`,
      [login],
    );
    return rows[0];
  }

  async byId(id: string): Promise<Account | undefined> {
    return (await this.byIds([id])).get(id);
  }

  async byIds(ids: readonly string[]): Promise<ReadonlyMap<string, Account>> {
    const { rows } = await this.pool.query<Account>(
      `select ${columns} from office.account where id = any($1)`,
      [ids],
    );
    return new Map(rows.map((it) => [it.id, it]));
  }

  /** @throws Refusal `account/login-taken` */
  async create(login: string, displayName: string): Promise<NewAccount> {
    const password = oneTimePassword();
    const id = await this.insert(login, displayName, await hashPassword(password));
    if (id !== undefined) return { id, login, oneTimePassword: password };
    return refuse('conflict', 'account/login-taken', `ログイン名「${login}」は使われています。`, {
      field: 'login',
      code: 'account/login-taken',
      read: login,
      expected: 'まだ使われていないログイン名',
    });
  }

  /** An account that nobody can sign in to, of that login; the one that is there when it is. */
  async withoutSignIn(login: string, displayName: string): Promise<string> {
    await this.insert(login, displayName, null);
    const account = await this.byLogin(login);
    if (account?.passwordHash === null) return account.id;
    return refuse('conflict', 'account/login-taken', `ログイン名「${login}」は使われています。`);
  }

  /** Gives out a new one-time password and ends the account's sessions; its API tokens stay. */
  async resetPassword(login: string): Promise<NewAccount> {
    const password = oneTimePassword();
    const { rows } = await this.pool.query<{ id: string }>(
      `with reset as (
         update office.account set password_hash = $2, one_time = true
          where login = $1 and password_hash is not null returning id),
       ended as (delete from office.session where account in (select id from reset))
       select id from reset`,
      [login, await hashPassword(password)],
    );
    const id = rows[0]?.id;
    if (id !== undefined) return { id, login, oneTimePassword: password };
    return refuse(
      'unknown',
      'account/unknown',
      `サインインできるアカウント「${login}」はありません。`,
    );
  }

  /**
   * Replaces a password by one that its owner chose, and ends his other sessions. False when the old
   * one was replaced meanwhile: a one-time password works once, however many try it together.
   */
  async replacePassword(id: string, oldHash: string, chosen: string): Promise<boolean> {
    const { rows } = await this.pool.query(
      `with replaced as (
         update office.account set password_hash = $3, one_time = false
          where id = $1 and password_hash = $2 returning id),
       ended as (delete from office.session where account in (select id from replaced))
       select id from replaced`,
      [id, oldHash, await hashPassword(chosen)],
    );
    return rows.length > 0;
  }

  private async insert(login: string, displayName: string, passwordHash: string | null) {
    const { rows } = await this.pool.query<{ id: string }>(
      `insert into office.account (id, login, display_name, password_hash, one_time, created_at)
       values ($1, $2, $3, $4, $5, $6) on conflict (login) do nothing returning id`,
      [randomUUID(), login, displayName, passwordHash, passwordHash !== null, this.clock.instant()],
    );
    return rows[0]?.id;
  }
}
