import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';

import type { FiguresAnswer } from '../../../projections/figures/figures.query.js';
import { Figures } from '../../../projections/figures/figures.query.js';
import { open, optional } from '../../entries/domain/field.js';
import { text } from '../../entries/domain/field-kinds.js';
import { Access } from '../../identity/access.decorator.js';
import { DocumentQuestion } from '../openapi/document-question.decorator.js';
import { readRequest } from '../read-request.js';
import { ResolveParties } from '../resolve-parties.js';
import { sendCsv, sendJson, wantsCsv, type Sent } from './answer-format.js';
import { figuresCsv } from './figures.csv.js';
import { limitAsked, limitOf, numberAfter } from './page.js';
import { partiesAsked } from './party-asked.js';
import { formAsked, timesAsked } from './question.js';
import { Times } from './times.js';

const asked = {
  party: optional(open(text(200))),
  after: optional(open(text(15))),
  ...limitAsked,
  ...timesAsked,
  ...formAsked,
};

/** 公表された数値: figures of a body, each beside the others with its source. */
@ApiTags('questions')
@Controller('api/figures')
export class FiguresController {
  constructor(
    private readonly queries: QueryBus,
    private readonly parties: ResolveParties,
    private readonly times: Times,
  ) {}

  @Get()
  @Access('public')
  @DocumentQuestion('公表された数値を、出典の言うとおりに見る', asked, 'Figures')
  async ask(
    @Query() raw: unknown,

    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Sent> {
    const { party, after, limit, format, ...rest } = readRequest(asked, raw);
    const page = { ...numberAfter(after), ...limitOf(limit, 100) };
    const times = await this.times.asked(rest);
    const question = {
      ...(await partiesAsked(this.parties, { party }, times)),
      ...page,
      ...times,
    };
    const answer = await this.queries.execute(new Figures(question));
    if (!wantsCsv(request, format)) return sendJson(reply, answer);
    return sendCsv(reply, 'figures', figuresCsv(answer.read<FiguresAnswer>()));
  }
}
