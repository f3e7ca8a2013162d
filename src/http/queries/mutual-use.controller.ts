import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';

import type { MutualUseAnswer } from '../../../projections/mutual-use/mutual-use.answer.js';
import { MutualUse } from '../../../projections/mutual-use/mutual-use.query.js';
import { fields } from '../../agreements/domain/vocabulary.js';
import { open } from '../../entries/domain/field.js';
import { text, word } from '../../entries/domain/field-kinds.js';
import { Access } from '../../identity/access.decorator.js';
import { CurrentPrincipal } from '../../identity/current-principal.decorator.js';
import type { Principal } from '../../identity/principal.js';
import { DocumentQuestion } from '../openapi/document-question.decorator.js';
import { readRequest } from '../read-request.js';
import { ResolveParties } from '../resolve-parties.js';
import { sendCsv, sendJson, wantsCsv, type Sent } from './answer-format.js';
import { mutualUseCsv } from './mutual-use.csv.js';
import { formAsked, presumeAsked, timesAsked } from './question.js';
import { Reading } from './reading.js';
import { Times } from './times.js';

const asked = {
  with: open(text(200)),
  field: open(word(...fields)),
  ...timesAsked,
  ...presumeAsked,
  ...formAsked,
};

/** 相互利用: with whom a party shares what, on a day, as the register knew it. */
@ApiTags('questions')
@Controller('api/mutual-use')
export class MutualUseController {
  constructor(
    private readonly reading: Reading,
    private readonly parties: ResolveParties,
    private readonly times: Times,
  ) {}

  @Get()
  @Access('public')
  @DocumentQuestion('ある団体と、どの団体が、その分野で互いに利用できるか', asked, 'MutualUse')
  async ask(
    @Query() raw: unknown,
    @CurrentPrincipal() principal: Principal,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Sent> {
    const { with: named, field, presume = 'all', format, ...times } = readRequest(asked, raw);
    const { on, known } = await this.times.asked(times);
    const party = await this.parties.get(named, 'with', { on, known });
    const answer = await this.reading.text(
      (reader) => new MutualUse({ with: party, field, on, known, presume, reader }),
      { principal, request, what: `mutual-use ${party}` },
    );
    if (!wantsCsv(request, format)) return sendJson(reply, answer);
    return sendCsv(reply, 'mutual-use', mutualUseCsv(answer.read<MutualUseAnswer>()));
  }
}
