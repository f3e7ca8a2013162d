import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';

import type { MembersAnswer } from '../../../projections/members/members.query.js';
import { Members } from '../../../projections/members/members.query.js';
import { open, optional } from '../../entries/domain/field.js';
import { text } from '../../entries/domain/field-kinds.js';
import { refuse } from '../../entries/domain/refusal.js';
import { Access } from '../../identity/access.decorator.js';
import { DocumentQuestion } from '../openapi/document-question.decorator.js';
import { readRequest } from '../read-request.js';
import { ResolveParties } from '../resolve-parties.js';
import { sendCsv, sendJson, wantsCsv, type Sent } from './answer-format.js';
import { membersCsv } from './members.csv.js';
import { partiesAsked } from './party-asked.js';
import { formAsked, timesAsked } from './question.js';
import { Times } from './times.js';

const asked = {
  council: optional(open(text(200))),
  party: optional(open(text(200))),
  ...timesAsked,
  ...formAsked,
};

/** 構成員: the members of a council or group, or the councils of a party. */
@ApiTags('questions')
@Controller('api/members')
export class MembersController {
  constructor(
    private readonly queries: QueryBus,
    private readonly parties: ResolveParties,
    private readonly times: Times,
  ) {}

  @Get()
  @Access('public')
  @DocumentQuestion('会議体やグループの構成員、または団体の属する会議体', asked, 'Members')
  async ask(
    @Query() raw: unknown,

    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Sent> {
    const { council, party, format, ...rest } = readRequest(asked, raw);
    if (council === undefined && party === undefined) {
      const expected = 'council または party';
      const fault = { field: 'council', code: 'members/of-whom', read: '', expected };
      refuse('malformed', 'members/of-whom', 'council か party を指定してください。', fault);
    }
    const times = await this.times.asked(rest);
    const question = {
      ...(await partiesAsked(this.parties, { council, party }, times)),
      ...times,
    };
    const answer = await this.queries.execute(new Members(question));
    if (!wantsCsv(request, format)) return sendJson(reply, answer);
    return sendCsv(reply, 'members', membersCsv(answer.read<MembersAnswer>()));
  }
}
