import { Body, Controller, Get, Post, Req } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiConflictResponse,
  ApiCreatedResponse,
  ApiForbiddenResponse,
  ApiHeader,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';

import { refuse } from '../entries/domain/refusal.js';
import type { Appended } from '../event-sourcing/event-store.js';
import { IdempotencyKey } from '../http/idempotency-key.decorator.js';
import { ChangeGrants } from '../register/change-grants.js';
import { type Grant, grantsSeenBy } from '../register/domain/grants.js';
import { AccessLog } from './access-log.js';
import { Access } from './access.decorator.js';
import { Accounts } from './accounts.js';
import { CurrentPrincipal } from './current-principal.decorator.js';
import { GrantChangedDto, GrantDto, StandingGrantsDto } from './grants.dto.js';
import type { SignedIn } from './principal.js';
import { RegisterRoles } from './register-roles.js';

const repeatable = {
  name: 'Idempotency-Key',
  required: true,
  description: '同じ操作を繰り返すための鍵',
};

/** Grants count at once, from an administrator of the operator or of that body (domain § 8). */
@ApiTags('grants')
@ApiBearerAuth()
@Controller('api/grants')
export class GrantsController {
  constructor(
    private readonly accounts: Accounts,
    private readonly grants: ChangeGrants,
    private readonly roles: RegisterRoles,
    private readonly log: AccessLog,
  ) {}

  @Get()
  @Access('administrator', 'auditor')
  @ApiOperation({ summary: '自分の団体についての役割。運営団体の人にはすべて' })
  @ApiOkResponse({ type: StandingGrantsDto })
  async list(
    @CurrentPrincipal() principal: SignedIn,
    @Req() request: FastifyRequest,
  ): Promise<StandingGrantsDto> {
    const seen = grantsSeenBy(await this.roles.standing(), principal.account);
    const accounts = await this.accounts.byIds(seen.map((it) => it.account));
    await this.log.record(principal, request, { what: 'grants' });
    return {
      grants: seen.map(({ account, role, body }) => {
        const { login = '', displayName = '' } = accounts.get(account) ?? {};
        return { account, login, displayName, role, body };
      }),
    };
  }

  @Post()
  @Access('administrator')
  @ApiOperation({ summary: '団体についての役割を付与する' })
  @ApiHeader(repeatable)
  @ApiForbiddenResponse({ description: 'access/not-for-this-body、grant/own' })
  @ApiConflictResponse({ description: 'grant/already-standing' })
  @ApiCreatedResponse({ type: GrantChangedDto })
  async grant(
    @Body() { account, role, body }: GrantDto,
    @CurrentPrincipal() { account: by }: SignedIn,
    @IdempotencyKey() idempotencyKey: string,
  ): Promise<GrantChangedDto> {
    if ((await this.accounts.byId(account)) === undefined) refuseUnknownAccount(account);
    const grant = { account, role, body };
    return changed(grant, await this.grants.grant({ by, grant, idempotencyKey }));
  }

  @Post('revocations')
  @Access('administrator')
  @ApiOperation({ summary: '役割を取り消す。それまでの行為は変わらない' })
  @ApiHeader(repeatable)
  @ApiForbiddenResponse({ description: 'access/not-for-this-body、grant/own' })
  @ApiConflictResponse({ description: 'grant/not-standing' })
  @ApiCreatedResponse({ type: GrantChangedDto })
  async revoke(
    @Body() { account, role, body }: GrantDto,
    @CurrentPrincipal() { account: by }: SignedIn,
    @IdempotencyKey() idempotencyKey: string,
  ): Promise<GrantChangedDto> {
    const grant = { account, role, body };
    return changed(grant, await this.grants.revoke({ by, grant, idempotencyKey }));
  }
}

function changed(grant: Grant, { n, at, position }: Appended): GrantChangedDto {
  return { ...grant, n, at, position };
}

function refuseUnknownAccount(account: string): never {
  return refuse('unknown', 'account/unknown', `アカウント ${account} はありません。`, {
    field: 'account',
    code: 'account/unknown',
    read: account,
    expected: 'あるアカウントのid',
  });
}
