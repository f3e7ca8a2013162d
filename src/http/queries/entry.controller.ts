import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';

import { AnswerJson } from '../../../projections/answers.js';
import { EntryDetail } from '../../../projections/register/entry-detail.query.js';
import { AccessLog } from '../../identity/access-log.js';
import { Access } from '../../identity/access.decorator.js';
import { CurrentPrincipal } from '../../identity/current-principal.decorator.js';
import type { SignedIn } from '../../identity/principal.js';
import { DocumentQuestion } from '../openapi/document-question.decorator.js';
import { idInPath } from '../request-fields.js';
import { sendJson, type Sent } from './answer-format.js';
import { SealedOutput } from './sealed-output.js';

/** 登録票: what an approver must see before he judges it, with the digest that he names. */
@ApiTags('entries')
@ApiBearerAuth()
@Controller('api/entries/:entry')
export class EntryController {
  constructor(
    private readonly queries: QueryBus,
    private readonly log: AccessLog,
    private readonly sealed: SealedOutput,
  ) {}

  @Get()
  @Access('registrar', 'approver', 'auditor')
  @DocumentQuestion('一つの登録票の内容と状態', {}, 'Entry')
  async show(
    @Param('entry') raw: string,
    @CurrentPrincipal() principal: SignedIn,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Sent> {
    const entry = idInPath(raw, 'entry');
    const found = await this.queries.execute(new EntryDetail({ entry, reader: principal }));
    const what = `entry ${entry}`;
    await this.log.record(principal, request, { body: found.keeper ?? undefined, what });
    const shown = await this.sealed.shown(AnswerJson.of(found), { principal, request, what });
    return sendJson(reply, shown);
  }
}
