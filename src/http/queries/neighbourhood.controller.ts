import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';

import type { NeighbourhoodAnswer } from '../../../projections/agreement-graph/neighbourhood.answer.js';
import { Neighbourhood } from '../../../projections/agreement-graph/neighbourhood.query.js';
import { fields } from '../../agreements/domain/vocabulary.js';
import { open, optional } from '../../entries/domain/field.js';
import { text, word } from '../../entries/domain/field-kinds.js';
import { Access } from '../../identity/access.decorator.js';
import { CurrentPrincipal } from '../../identity/current-principal.decorator.js';
import type { Principal } from '../../identity/principal.js';
import { DocumentQuestion } from '../openapi/document-question.decorator.js';
import { readRequest } from '../read-request.js';
import { ResolveParties } from '../resolve-parties.js';
import { sendCsv, sendJson, wantsCsv, type Sent } from './answer-format.js';
import { neighbourhoodCsv } from './neighbourhood.csv.js';
import { limitAsked, limitOf, numberAfter } from './page.js';
import { formAsked, timesAsked } from './question.js';
import { Reading } from './reading.js';
import { Times } from './times.js';

const asked = {
  of: open(text(200)),
  field: optional(open(word(...fields))),
  after: optional(open(text(15))),
  ...limitAsked,
  ...timesAsked,
  ...formAsked,
};

/** 近傍: the agreements in which a party stands, itself, through its wards or through councils. */
@ApiTags('graph')
@Controller('api/graph/neighbourhood')
export class NeighbourhoodController {
  constructor(
    private readonly reading: Reading,
    private readonly parties: ResolveParties,
    private readonly times: Times,
  ) {}

  @Get()
  @Access('public')
  @DocumentQuestion(
    'ある団体が、みずから、区・機関として、または会議体を通じて立つ協定と、ほかの当事者',
    asked,
    'Neighbourhood',
    { of: '団体のid、全国地方公共団体コード、名称または読み' },
  )
  async ask(
    @Query() raw: unknown,
    @CurrentPrincipal() principal: Principal,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Sent> {
    const { of: named, field, after, limit, format, ...rest } = readRequest(asked, raw);
    const page = { ...numberAfter(after), ...limitOf(limit, 50) };
    const times = await this.times.asked(rest);
    const of = await this.parties.get(named, 'of', times);
    const question = { of, ...(field === undefined ? {} : { field }), ...page, ...times };
    const answer = await this.reading.text((reader) => new Neighbourhood({ ...question, reader }), {
      principal,
      request,
      what: `neighbourhood ${of}`,
    });
    if (!wantsCsv(request, format)) return sendJson(reply, answer);
    const table = neighbourhoodCsv(answer.read<NeighbourhoodAnswer>());
    return sendCsv(reply, 'neighbourhood', table);
  }
}
