import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';

import { Facilities } from '../../../projections/facilities/facilities.query.js';
import type {
  FacilitiesAnswer,
  FacilityDetailAnswer,
} from '../../../projections/facilities/facility.answer.js';
import { FacilityDetail } from '../../../projections/facilities/facility-detail.query.js';
import { open, optional } from '../../entries/domain/field.js';
import { text } from '../../entries/domain/field-kinds.js';
import { Access } from '../../identity/access.decorator.js';
import { CurrentPrincipal } from '../../identity/current-principal.decorator.js';
import type { Principal } from '../../identity/principal.js';
import { DocumentQuestion } from '../openapi/document-question.decorator.js';
import { readRequest } from '../read-request.js';
import { idInPath, uuid } from '../request-fields.js';
import { ResolveParties } from '../resolve-parties.js';
import { sendCsv, sendJson, wantsCsv, type Sent } from './answer-format.js';
import { facilitiesCsv, facilityCsv } from './facilities.csv.js';
import { limitAsked, limitOf } from './page.js';
import { formAsked, presumeAsked, timesAsked } from './question.js';
import { Reading } from './reading.js';
import { Times } from './times.js';

const asked = {
  owner: optional(open(text(200))),
  kind: optional(open(text(100))),
  text: optional(open(text(200))),
  after: optional(open(uuid('page/after', '前のページの next'))),
  ...limitAsked,
  ...timesAsked,
  ...presumeAsked,
  ...formAsked,
};

const oneAsked = { ...timesAsked, ...presumeAsked, ...formAsked };

/** 施設: which there are on a day, and what each is like, cell by cell with its source. */
@ApiTags('facilities')
@Controller('api/facilities')
export class FacilitiesController {
  constructor(
    private readonly reading: Reading,
    private readonly parties: ResolveParties,
    private readonly times: Times,
  ) {}

  @Get()
  @Access('public')
  @DocumentQuestion('施設を所管団体・種類・名称で探す', asked, 'Facilities')
  async list(
    @Query() raw: unknown,
    @CurrentPrincipal() principal: Principal,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Sent> {
    const {
      owner: named,
      kind,
      text: sought,
      after,
      limit,
      presume = 'all',
      format,
      ...times
    } = readRequest(asked, raw);
    const { on, known } = await this.times.asked(times);
    const owner =
      named === undefined ? undefined : await this.parties.get(named, 'owner', { on, known });
    const question = {
      ...(owner === undefined ? {} : { owner }),
      ...(kind === undefined ? {} : { kind }),
      ...(sought === undefined ? {} : { text: sought }),
      ...(after === undefined ? {} : { after }),
      ...limitOf(limit, 100),
      on,
      known,
      presume,
    };
    const answer = await this.reading.text((reader) => new Facilities({ ...question, reader }), {
      principal,
      request,
      what: owner === undefined ? 'facilities' : `facilities ${owner}`,
    });
    if (!wantsCsv(request, format)) return sendJson(reply, answer);
    return sendCsv(reply, 'facilities', facilitiesCsv(answer.read<FacilitiesAnswer>()));
  }

  @Get(':id')
  @Access('public')
  @DocumentQuestion('一つの施設の、ある日の内容。項目ごとに出典が付く', oneAsked, 'FacilityDetail')
  async show(
    @Param('id') raw: string,
    @Query() query: unknown,
    @CurrentPrincipal() principal: Principal,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Sent> {
    const id = idInPath(raw, 'facility');
    const { presume = 'all', format, ...times } = readRequest(oneAsked, query);
    const { on, known } = await this.times.asked(times);
    const answer = await this.reading.text(
      (reader) => new FacilityDetail({ id, on, known, presume, reader }),
      { principal, request, what: `facility-detail ${id}` },
    );
    if (!wantsCsv(request, format)) return sendJson(reply, answer);
    return sendCsv(reply, 'facility', facilityCsv(answer.read<FacilityDetailAnswer>()));
  }
}
