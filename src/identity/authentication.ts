import { Inject, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Pool } from 'pg';

import type { Clock } from '../clock.js';
import { CLOCK } from '../clock.token.js';
import { refuse } from '../entries/domain/refusal.js';
import { POOL } from '../postgres/pool.token.js';
import { presentedToken, refuseOtherSites } from './presented-token.js';
import { type Principal, thePublic } from './principal.js';
import { RegisterRoles } from './register-roles.js';
import { isTokenSecret, tokenHash } from './token-secret.js';

interface TokenOwner {
  readonly account: string;
  readonly login: string;
  readonly displayName: string;
}

/** Who sends a request: the owner of the session or API token that it brings. */
@Injectable()
export class Authentication {
  constructor(
    @Inject(POOL) private readonly pool: Pool,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly roles: RegisterRoles,
  ) {}

  /**
   * A cookie that no longer holds counts as none, since the browser brings it along to public pages; a
   * header that no longer holds is refused.
   * @throws Refusal `session/ended`, `session/unreadable`, `access/other-site`
   */
  async principalOf(request: FastifyRequest): Promise<Principal> {
    const token = presentedToken(request);
    if (token?.by !== 'header') refuseOtherSites(request, token?.by ?? 'none');
    if (token === undefined) return thePublic;

    const owner = await this.ownerOf(token.secret);
    if (owner !== undefined) {
      const grants = await this.roles.heldBy(owner.account);
      return { kind: 'signed-in', ...owner, grants };
    }
    if (token.by === 'cookie') return thePublic;
    return refuse(
      'forbidden',
      'session/ended',
      'このトークンは無効か、期限が切れています。もう一度サインインしてください。',
    );
  }

  private async ownerOf(secret: string): Promise<TokenOwner | undefined> {
    if (!isTokenSecret(secret)) return undefined;
    const { rows } = await this.pool.query<TokenOwner>(lookUp, [
      tokenHash(secret),
      this.clock.instant(),
    ]);
    return rows[0];
  }
}

/** The use of an API token is noted once a minute, so that not every reading becomes a writing. */
const lookUp = `
  with used as (
    update office.api_token set last_used_at = $2
     where token_hash = $1 and revoked_at is null and expires_at > $2
       and (last_used_at is null or last_used_at < $2::timestamptz - interval '1 minute')),
  owner as (
    select account from office.session where token_hash = $1 and expires_at > $2
    union all
    select account from office.api_token
     where token_hash = $1 and revoked_at is null and expires_at > $2)
  select account.id as account, login, display_name as "displayName"
    from office.account join owner on owner.account = account.id where not disabled`;
