import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';

import type { ProposalsAnswer } from '../../../projections/proposals/proposals.answer.js';
import { Proposals } from '../../../projections/proposals/proposals.query.js';
import { open, optional } from '../../entries/domain/field.js';
import { text } from '../../entries/domain/field-kinds.js';
import { Access } from '../../identity/access.decorator.js';
import { CurrentPrincipal } from '../../identity/current-principal.decorator.js';
import type { Principal } from '../../identity/principal.js';
import { DocumentQuestion } from '../openapi/document-question.decorator.js';
import { readRequest } from '../read-request.js';
import { ResolveParties } from '../resolve-parties.js';
import { sendCsv, sendJson, wantsCsv, type Sent } from './answer-format.js';
import { proposalsCsv } from './proposals.csv.js';
import { limitAsked, limitOf, numberAfter } from './page.js';
import { partiesAsked } from './party-asked.js';
import { formAsked, timesAsked } from './question.js';
import { Reading } from './reading.js';
import { Times } from './times.js';

const asked = {
  receiver: optional(open(text(200))),
  proposer: optional(open(text(200))),
  after: optional(open(text(15))),
  ...limitAsked,
  ...timesAsked,
  ...formAsked,
};

/** 提案: proposals by name, and totals as published. */
@ApiTags('questions')
@Controller('api/proposals')
export class ProposalsController {
  constructor(
    private readonly reading: Reading,
    private readonly parties: ResolveParties,
    private readonly times: Times,
  ) {}

  @Get()
  @Access('public')
  @DocumentQuestion(
    '提案と、公表された提案の総数を、受付団体または提案者で探す',
    asked,
    'Proposals',
  )
  async ask(
    @Query() raw: unknown,
    @CurrentPrincipal() principal: Principal,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Sent> {
    const { receiver, proposer, after, limit, format, ...rest } = readRequest(asked, raw);
    const page = { ...numberAfter(after), ...limitOf(limit, 100) };
    const times = await this.times.asked(rest);
    const question = {
      ...(await partiesAsked(this.parties, { receiver, proposer }, times)),
      ...page,
      ...times,
    };
    const answer = await this.reading.text((reader) => new Proposals({ ...question, reader }), {
      principal,
      request,
      what: 'proposals',
    });
    if (!wantsCsv(request, format)) return sendJson(reply, answer);
    return sendCsv(reply, 'proposals', proposalsCsv(answer.read<ProposalsAnswer>()));
  }
}
