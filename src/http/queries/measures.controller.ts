import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';

import type { MeasuresAnswer } from '../../../projections/measures/measures.answer.js';
import { Measures } from '../../../projections/measures/measures.query.js';
import { fields, stages } from '../../agreements/domain/vocabulary.js';
import { open, optional } from '../../entries/domain/field.js';
import { text, word } from '../../entries/domain/field-kinds.js';
import { Access } from '../../identity/access.decorator.js';
import { CurrentPrincipal } from '../../identity/current-principal.decorator.js';
import type { Principal } from '../../identity/principal.js';
import { DocumentQuestion } from '../openapi/document-question.decorator.js';
import { readRequest } from '../read-request.js';
import { ResolveParties } from '../resolve-parties.js';
import { sendCsv, sendJson, wantsCsv, type Sent } from './answer-format.js';
import { measuresCsv } from './measures.csv.js';
import { limitAsked, limitOf, numberAfter } from './page.js';
import { partiesAsked } from './party-asked.js';
import { formAsked, presumeAsked, timesAsked } from './question.js';
import { Reading } from './reading.js';
import { Times } from './times.js';

const asked = {
  party: optional(open(text(200))),
  field: optional(open(word(...fields))),
  stage: optional(open(word(...stages))),
  after: optional(open(text(15))),
  ...limitAsked,
  ...timesAsked,
  ...presumeAsked,
  ...formAsked,
};

/** 取組: measures under or beside agreements, each with its source. */
@ApiTags('questions')
@Controller('api/measures')
export class MeasuresController {
  constructor(
    private readonly reading: Reading,
    private readonly parties: ResolveParties,
    private readonly times: Times,
  ) {}

  @Get()
  @Access('public')
  @DocumentQuestion(
    '取組（協定の下で、または協定なしに行われること）を、団体・分野・段階で探す',
    asked,
    'Measures',
  )
  async ask(
    @Query() raw: unknown,
    @CurrentPrincipal() principal: Principal,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Sent> {
    const { party, field, stage, presume, after, limit, format, ...rest } = readRequest(asked, raw);
    const page = { ...numberAfter(after), ...limitOf(limit, 100) };
    const times = await this.times.asked(rest);
    const question = {
      ...(await partiesAsked(this.parties, { party }, times)),
      ...(field === undefined ? {} : { field }),
      ...(stage === undefined ? {} : { stage }),
      ...(presume === undefined ? {} : { presume }),
      ...page,
      ...times,
    };
    const answer = await this.reading.text((reader) => new Measures({ ...question, reader }), {
      principal,
      request,
      what: 'measures',
    });
    if (!wantsCsv(request, format)) return sendJson(reply, answer);
    return sendCsv(reply, 'measures', measuresCsv(answer.read<MeasuresAnswer>()));
  }
}
