import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';

import { PartyDetail } from '../../../projections/parties/party-detail.query.js';
import { Access } from '../../identity/access.decorator.js';
import { CurrentPrincipal } from '../../identity/current-principal.decorator.js';
import type { Principal } from '../../identity/principal.js';
import { DocumentQuestion } from '../openapi/document-question.decorator.js';
import { readRequest } from '../read-request.js';
import { isId } from '../request-fields.js';
import { ResolveParties } from '../resolve-parties.js';
import { sendJson, type Sent } from './answer-format.js';
import { timesAsked } from './question.js';
import { SealedOutput } from './sealed-output.js';
import { Times } from './times.js';

/** 一つの団体: its names, codes, wholes, parts, members and successors, on a day and through time. */
@ApiTags('parties')
@Controller('api/parties/:id')
export class PartyController {
  constructor(
    private readonly queries: QueryBus,
    private readonly parties: ResolveParties,
    private readonly times: Times,
    private readonly sealed: SealedOutput,
  ) {}

  @Get()
  @Access('public')
  @DocumentQuestion(
    '一つの団体の、ある日の姿と、これまでの名称・コード・構成・承継',
    timesAsked,
    'PartyDetail',
  )
  async show(
    @Param('id') raw: string,
    @Query() query: unknown,
    @CurrentPrincipal() principal: Principal,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Sent> {
    const times = await this.times.asked(readRequest(timesAsked, query));
    const id = isId(raw) ? raw : await this.parties.get(raw, 'party', times);
    const answer = await this.queries.execute(new PartyDetail({ id, ...times }));
    // The stamp before it holds no such member: the first one is the party's.
    const revision = /"revision":(\d+)/.exec(answer.text)?.[1];
    if (revision !== undefined) reply.header('etag', `"${revision}"`);
    const occasion = { principal, request, what: `party-detail ${id}` };
    return sendJson(reply, await this.sealed.shown(answer, occasion));
  }
}
