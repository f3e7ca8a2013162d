import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';

import type { MeetingsAnswer } from '../../../projections/meetings/meetings.query.js';
import { Meetings } from '../../../projections/meetings/meetings.query.js';
import { open, optional } from '../../entries/domain/field.js';
import { text } from '../../entries/domain/field-kinds.js';
import { Access } from '../../identity/access.decorator.js';
import { DocumentQuestion } from '../openapi/document-question.decorator.js';
import { readRequest } from '../read-request.js';
import { ResolveParties } from '../resolve-parties.js';
import { sendCsv, sendJson, wantsCsv, type Sent } from './answer-format.js';
import { meetingsCsv } from './meetings.csv.js';
import { limitAsked, limitOf, numberAfter } from './page.js';
import { partiesAsked } from './party-asked.js';
import { formAsked, presumeAsked, timesAsked } from './question.js';
import { Times } from './times.js';

const asked = {
  council: optional(open(text(200))),
  party: optional(open(text(200))),
  after: optional(open(text(15))),
  ...limitAsked,
  ...timesAsked,
  ...presumeAsked,
  ...formAsked,
};

/** 会議: meetings of councils, what was spoken of and what was decided. */
@ApiTags('questions')
@Controller('api/meetings')
export class MeetingsController {
  constructor(
    private readonly queries: QueryBus,
    private readonly parties: ResolveParties,
    private readonly times: Times,
  ) {}

  @Get()
  @Access('public')
  @DocumentQuestion('会議の開催を、会議体または出席した団体で探す', asked, 'Meetings')
  async ask(
    @Query() raw: unknown,

    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Sent> {
    const { council, party, presume, after, limit, format, ...rest } = readRequest(asked, raw);
    const page = { ...numberAfter(after), ...limitOf(limit, 100) };
    const times = await this.times.asked(rest);
    const question = {
      ...(await partiesAsked(this.parties, { council, party }, times)),
      ...(presume === undefined ? {} : { presume }),
      ...page,
      ...times,
    };
    const answer = await this.queries.execute(new Meetings(question));
    if (!wantsCsv(request, format)) return sendJson(reply, answer);
    return sendCsv(reply, 'meetings', meetingsCsv(answer.read<MeetingsAnswer>()));
  }
}
