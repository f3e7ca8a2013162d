import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';

import type { GrowthAnswer } from '../../../projections/agreement-graph/growth.answer.js';
import { Growth } from '../../../projections/agreement-graph/growth.query.js';
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
import { growthCsv } from './growth.csv.js';
import { partiesAsked } from './party-asked.js';
import { formAsked, timesAsked } from './question.js';
import { Reading } from './reading.js';
import { Times } from './times.js';
import { yearsAsked } from './years-asked.js';

const asked = {
  of: optional(open(text(200))),
  field: optional(open(word(...fields))),
  from: optional(open(text(10))),
  to: optional(open(text(10))),
  ...timesAsked,
  ...formAsked,
};

/** 増え方: agreements concluded, ended and in force, year by year. */
@ApiTags('graph')
@Controller('api/graph/growth')
export class GrowthController {
  constructor(
    private readonly reading: Reading,
    private readonly parties: ResolveParties,
    private readonly times: Times,
  ) {}

  @Get()
  @Access('public')
  @DocumentQuestion('協定の締結・終了・年末に有効な数を、年ごとに', asked, 'Growth', {
    of: '当事者(その区・機関を含む)のid、コード、名称または読み',
    from: '初めの年(西暦)。省けば to までの10年',
    to: '終わりの年(西暦)。省けば on の年',
  })
  async ask(
    @Query() raw: unknown,
    @CurrentPrincipal() principal: Principal,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Sent> {
    const { of, field, from, to, format, ...rest } = readRequest(asked, raw);
    const times = await this.times.asked(rest);
    const question = {
      ...(await partiesAsked(this.parties, { of }, times)),
      ...(field === undefined ? {} : { field }),
      ...yearsAsked(from, to, times.on),
      ...times,
    };
    const answer = await this.reading.text((reader) => new Growth({ ...question, reader }), {
      principal,
      request,
      what: 'growth',
    });
    if (!wantsCsv(request, format)) return sendJson(reply, answer);
    return sendCsv(reply, 'growth', growthCsv(answer.read<GrowthAnswer>()));
  }
}
