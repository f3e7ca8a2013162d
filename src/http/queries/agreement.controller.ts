import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';

import { AgreementDetail } from '../../../projections/register/agreement-detail.query.js';
import { Access } from '../../identity/access.decorator.js';
import { CurrentPrincipal } from '../../identity/current-principal.decorator.js';
import type { Principal } from '../../identity/principal.js';
import { DocumentQuestion } from '../openapi/document-question.decorator.js';
import { readRequest } from '../read-request.js';
import { idInPath } from '../request-fields.js';
import { sendJson, type Sent } from './answer-format.js';
import { timesAsked } from './question.js';
import { Reading } from './reading.js';
import { SealedOutput } from './sealed-output.js';
import { Times } from './times.js';

/** 協定の詳細: everything on record of one agreement on a day, with its events. */
@ApiTags('agreements')
@Controller('api/agreements/:id')
export class AgreementController {
  constructor(
    private readonly reading: Reading,
    private readonly times: Times,
    private readonly sealed: SealedOutput,
  ) {}

  @Get()
  @Access('public')
  @DocumentQuestion(
    '一つの協定の、ある日の内容と、登録されたすべての事実',
    timesAsked,
    'AgreementDetail',
  )
  async show(
    @Param('id') raw: string,
    @Query() query: unknown,
    @CurrentPrincipal() principal: Principal,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Sent> {
    const id = idInPath(raw, 'agreement');
    const times = await this.times.asked(readRequest(timesAsked, query));
    const occasion = { principal, request, what: `agreement-detail ${id}` };
    const answer = await this.reading.text(
      (reader) => new AgreementDetail({ id, ...times, reader }),
      occasion,
    );
    // The stamp before it holds no such member: the first one is the agreement's.
    const revision = /"revision":(\d+)/.exec(answer.text)?.[1];
    if (revision !== undefined) reply.header('etag', `"${revision}"`);
    return sendJson(reply, await this.sealed.shown(answer, occasion));
  }
}
