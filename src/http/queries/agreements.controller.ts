import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';

import { Agreements } from '../../../projections/register/agreements.query.js';
import { fields } from '../../agreements/domain/vocabulary.js';
import { open, optional } from '../../entries/domain/field.js';
import { text, word } from '../../entries/domain/field-kinds.js';
import { Access } from '../../identity/access.decorator.js';
import { CurrentPrincipal } from '../../identity/current-principal.decorator.js';
import type { Principal } from '../../identity/principal.js';
import { DocumentQuestion } from '../openapi/document-question.decorator.js';
import { readRequest } from '../read-request.js';
import { ResolveParties } from '../resolve-parties.js';
import { sendJson, type Sent } from './answer-format.js';
import { limitAsked, limitOf, numberAfter } from './page.js';
import { timesAsked } from './question.js';
import { Reading } from './reading.js';
import { Times } from './times.js';

const asked = {
  text: optional(open(text(200))),
  party: optional(open(text(200))),
  field: optional(open(word(...fields))),
  after: optional(open(text(15))),
  ...limitAsked,
  ...timesAsked,
};

/** 協定の登録簿: the list and its search. */
@ApiTags('agreements')
@Controller('api/agreements')
export class AgreementsController {
  constructor(
    private readonly reading: Reading,
    private readonly parties: ResolveParties,
    private readonly times: Times,
  ) {}

  @Get()
  @Access('public')
  @DocumentQuestion('協定を題名・番号・当事者・分野で探す', asked, 'Agreements')
  async list(
    @Query() raw: unknown,
    @CurrentPrincipal() principal: Principal,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Sent> {
    const { text: search, party: named, field, after, limit, ...rest } = readRequest(asked, raw);
    const page = { ...numberAfter(after), ...limitOf(limit, 50) };
    const { on, known } = await this.times.asked(rest);
    const party = named && (await this.parties.get(named, 'party', { on, known }));
    const question = {
      ...(search === undefined ? {} : { search }),
      ...(party === undefined ? {} : { party }),
      ...(field === undefined ? {} : { field }),
      ...page,
      on,
      known,
    };
    const answer = await this.reading.text((reader) => new Agreements({ ...question, reader }), {
      principal,
      request,
      what: 'agreements',
    });
    return sendJson(reply, answer);
  }
}
