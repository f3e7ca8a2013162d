import { Inject, Injectable } from '@nestjs/common';
import type { Pool } from 'pg';

import type { Clock } from '../clock.js';
import { CLOCK } from '../clock.token.js';
import { POOL } from '../postgres/pool.token.js';
import { newTokenSecret, tokenHash } from './token-secret.js';

/** A working day; then the person signs in again. */
export const sessionSeconds = 12 * 60 * 60;

export interface Session {
  readonly token: string;
  /** ISO 8601 in UTC. */
  readonly expires: string;
}

@Injectable()
export class Sessions {
  constructor(
    @Inject(POOL) private readonly pool: Pool,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Starts a session, and clears away those of anybody that have run out. */
  async start(account: string): Promise<Session> {
    const token = newTokenSecret();
    const expires = new Date(this.clock.millis() + sessionSeconds * 1000).toISOString();
    await this.pool.query(
      `with ended as (delete from office.session where expires_at <= $4)
       insert into office.session (token_hash, account, expires_at) values ($1, $2, $3)`,
      [tokenHash(token), account, expires, this.clock.instant()],
    );
    return { token, expires };
  }

  /** Whether there was such a session; an API token is none, and stays. */
  async end(token: string): Promise<boolean> {
    const { rowCount } = await this.pool.query('delete from office.session where token_hash = $1', [
      tokenHash(token),
    ]);
    return rowCount === 1;
  }
}
