import { Controller, Get, Query, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';

import { Parties } from '../../../projections/parties/parties.query.js';
import { open, optional } from '../../entries/domain/field.js';
import { text } from '../../entries/domain/field-kinds.js';
import { Access } from '../../identity/access.decorator.js';
import { DocumentQuestion } from '../openapi/document-question.decorator.js';
import { readRequest } from '../read-request.js';
import { uuid } from '../request-fields.js';
import { sendJson, type Sent } from './answer-format.js';
import { limitAsked, limitOf } from './page.js';
import { timesAsked } from './question.js';
import { Times } from './times.js';

const asked = {
  text: optional(open(text(200))),
  after: optional(open(uuid('page/after', '前のページの next'))),
  ...limitAsked,
  ...timesAsked,
};

/** 当事者: who is on record, by name, reading or code of the day. */
@ApiTags('parties')
@Controller('api/parties')
export class PartiesController {
  constructor(
    private readonly queries: QueryBus,
    private readonly times: Times,
  ) {}

  @Get()
  @Access('public')
  @DocumentQuestion('当事者を名称・読み・コードで探す', asked, 'Parties')
  async list(
    @Query() raw: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Sent> {
    const { text: sought, after, limit, ...times } = readRequest(asked, raw);
    const page = { ...(after === undefined ? {} : { after }), ...limitOf(limit, 100) };
    const question = { ...(sought === undefined ? {} : { text: sought }), ...page };
    const { on, known } = await this.times.asked(times);
    return sendJson(reply, await this.queries.execute(new Parties({ ...question, on, known })));
  }
}
