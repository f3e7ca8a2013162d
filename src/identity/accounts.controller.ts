import { Body, Controller, Post, Req, Res } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiConflictResponse,
  ApiCreatedResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';

import { AccessLog } from './access-log.js';
import { Access } from './access.decorator.js';
import { CreatedAccountDto, NewAccountDto } from './accounts.dto.js';
import { Accounts } from './accounts.js';
import { CurrentPrincipal } from './current-principal.decorator.js';
import type { SignedIn } from './principal.js';

@ApiTags('accounts')
@ApiBearerAuth()
@Controller('api/accounts')
export class AccountsController {
  constructor(
    private readonly accounts: Accounts,
    private readonly log: AccessLog,
  ) {}

  @Post()
  @Access('administrator')
  @ApiOperation({ summary: 'アカウントを作る。権限は付かない' })
  @ApiCreatedResponse({ type: CreatedAccountDto })
  @ApiConflictResponse({ description: 'account/login-taken' })
  async create(
    @Body() { login, displayName }: NewAccountDto,
    @CurrentPrincipal() principal: SignedIn,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CreatedAccountDto> {
    const account = await this.accounts.create(login.toLowerCase(), displayName);
    await this.log.record(principal, request, { what: `account-created ${account.id}` });
    reply.header('cache-control', 'no-store');
    return account;
  }
}
