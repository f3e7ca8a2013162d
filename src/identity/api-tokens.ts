import { randomUUID } from 'node:crypto';

import { Inject, Injectable } from '@nestjs/common';
import type { Pool } from 'pg';

import type { Clock } from '../clock.js';
import { CLOCK } from '../clock.token.js';
import { refuse } from '../entries/domain/refusal.js';
import { POOL } from '../postgres/pool.token.js';
import { newTokenSecret, tokenHash } from './token-secret.js';

/** A token of a program, as it is listed; its secret was shown once and is kept nowhere. */
export interface ApiToken {
  readonly id: string;
  readonly login: string;
  readonly name: string;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly revokedAt: Date | null;
  /** To the minute. */
  readonly lastUsedAt: Date | null;
}

export interface NewApiToken {
  readonly id: string;
  readonly secret: string;
  /** ISO 8601 in UTC. */
  readonly expires: string;
}

@Injectable()
export class ApiTokens {
  constructor(
    @Inject(POOL) private readonly pool: Pool,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** A token for an account's program, valid for so many days. @throws Refusal `account/unknown` */
  async create(login: string, name: string, days: number): Promise<NewApiToken> {
    const secret = newTokenSecret();
    const created = this.clock.instant();
    const expires = new Date(Date.parse(created) + days * 86_400_000).toISOString();
    const { rows } = await this.pool.query<{ id: string }>(
      `insert into office.api_token (id, token_hash, account, name, created_at, expires_at)
       select $1, $2, id, $4, $5, $6 from office.account
        where login = $3 and not disabled and password_hash is not null
       returning id`,
      [randomUUID(), tokenHash(secret), login, name, created, expires],
    );
    const id = rows[0]?.id;
    if (id !== undefined) return { id, secret, expires };
    return refuse('unknown', 'account/unknown', `アカウント「${login}」はないか、使えません。`);
  }

  async all(): Promise<ApiToken[]> {
    const { rows } = await this.pool.query<ApiToken>(
      `select token.id, login, name, token.created_at as "createdAt", expires_at as "expiresAt",
              revoked_at as "revokedAt", last_used_at as "lastUsedAt"
         from office.api_token token join office.account on account.id = token.account
        order by token.created_at, token.id`,
    );
    return rows;
  }

  /** Ends a token for good. @throws Refusal `token/unknown` */
  async revoke(id: string): Promise<void> {
    const { rowCount } = await this.pool.query(
      `update office.api_token set revoked_at = coalesce(revoked_at, $2) where id::text = $1`,
      [id, this.clock.instant()],
    );
    if (rowCount === 0) refuse('unknown', 'token/unknown', `APIトークン「${id}」はありません。`);
  }
}
