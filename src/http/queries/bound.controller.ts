import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';

import type { BoundAnswer } from '../../../projections/bound/bound.answer.js';
import { Bound } from '../../../projections/bound/bound.query.js';
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
import { boundCsv } from './bound.csv.js';
import { formAsked, presumeAsked, timesAsked } from './question.js';
import { Reading } from './reading.js';
import { Times } from './times.js';

const asked = {
  from: open(text(200)),
  to: open(text(200)),
  field: open(word(...fields)),
  ...timesAsked,
  ...presumeAsked,
  ...formAsked,
};

/** 拘束: whether one party owes another something, on a day, and why. */
@ApiTags('questions')
@Controller('api/bound')
export class BoundController {
  constructor(
    private readonly reading: Reading,
    private readonly parties: ResolveParties,
    private readonly times: Times,
  ) {}

  @Get()
  @Access('public')
  @DocumentQuestion('ある団体は、その分野で、別の団体に義務を負うか', asked, 'Bound')
  async ask(
    @Query() raw: unknown,
    @CurrentPrincipal() principal: Principal,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Sent> {
    const { field, presume = 'all', format, ...rest } = readRequest(asked, raw);
    const { on, known } = await this.times.asked(rest);
    const from = await this.parties.get(rest.from, 'from', { on, known });
    const to = await this.parties.get(rest.to, 'to', { on, known });
    const answer = await this.reading.text(
      (reader) => new Bound({ from, to, field, on, known, presume, reader }),
      { principal, request, what: `bound ${from} ${to}` },
    );
    if (!wantsCsv(request, format)) return sendJson(reply, answer);
    return sendCsv(reply, 'bound', boundCsv(answer.read<BoundAnswer>()));
  }
}
