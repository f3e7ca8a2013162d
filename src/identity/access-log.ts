import { Inject, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Pool } from 'pg';

import type { Clock } from '../clock.js';
import { CLOCK } from '../clock.token.js';
import { POOL } from '../postgres/pool.token.js';
import type { SignedIn } from './principal.js';

/** What somebody was shown that is not public, or did in the office. */
export interface AccessRecord {
  /** The body whose data it was, a party's id. */
  readonly body?: string | undefined;
  /** What it was, as a stable word and ids: `agreement-detail <id>`. Never the data itself. */
  readonly what: string;
}

/** Who read what that is not public. Written before the answer leaves: no record, no answer. */
@Injectable()
export class AccessLog {
  constructor(
    @Inject(POOL) private readonly pool: Pool,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** The query string stays out: a search may hold a name. */
  async record(
    who: SignedIn,
    request: FastifyRequest,
    { body, what }: AccessRecord,
  ): Promise<void> {
    const path = request.url.split('?', 1)[0];
    await this.pool.query(
      `insert into office.access_log (at, account, method, path, body, what)
       values ($1, $2, $3, $4, $5, $6)`,
      [this.clock.instant(), who.account, request.method, path, body ?? null, what],
    );
  }
}
