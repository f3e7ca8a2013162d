import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';

import { open } from '../../entries/domain/field.js';
import { word } from '../../entries/domain/field-kinds.js';
import { AccessLog } from '../../identity/access-log.js';
import { Access } from '../../identity/access.decorator.js';
import { CurrentPrincipal } from '../../identity/current-principal.decorator.js';
import type { SignedIn } from '../../identity/principal.js';
import { DocumentQuestion } from '../openapi/document-question.decorator.js';
import { readRequest } from '../read-request.js';
import { sendJson, type Sent } from './answer-format.js';
import { limitAsked, limitOf } from './page.js';
import { PendingEntries } from './pending-entries.js';
import { timesAsked } from './question.js';
import { Times } from './times.js';

const asked = {
  status: open(word('pending')),
  'at-least': timesAsked['at-least'],
  ...limitAsked,
};

/** 承認待ちの登録票: what an approver has before him. */
@ApiTags('entries')
@ApiBearerAuth()
@Controller('api/entries')
export class PendingEntriesController {
  constructor(
    private readonly pending: PendingEntries,
    private readonly times: Times,
    private readonly log: AccessLog,
  ) {}

  @Get()
  @Access('registrar', 'approver', 'auditor')
  @DocumentQuestion('承認を待っている登録票の一覧(古い順)', asked, 'PendingEntries')
  async list(
    @Query() raw: unknown,
    @CurrentPrincipal() principal: SignedIn,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Sent> {
    const { limit, 'at-least': least } = readRequest(asked, raw);
    await this.times.asked(least === undefined ? {} : { 'at-least': least });
    const entries = await this.pending.list(principal, limitOf(limit, 50).limit);
    await this.log.record(principal, request, { what: 'pending-entries' });
    return sendJson(reply, JSON.stringify({ entries }));
  }
}
