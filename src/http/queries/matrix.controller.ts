import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';

import type { MatrixAnswer } from '../../../projections/agreement-graph/matrix.answer.js';
import { Matrix } from '../../../projections/agreement-graph/matrix.query.js';
import { Members, type MembersAnswer } from '../../../projections/members/members.query.js';
import type { OnKnown } from '../../../projections/questions.js';
import { open, optional } from '../../entries/domain/field.js';
import { text } from '../../entries/domain/field-kinds.js';
import { refuse } from '../../entries/domain/refusal.js';
import { Access } from '../../identity/access.decorator.js';
import { CurrentPrincipal } from '../../identity/current-principal.decorator.js';
import type { Principal } from '../../identity/principal.js';
import { DocumentQuestion } from '../openapi/document-question.decorator.js';
import { readRequest } from '../read-request.js';
import { ResolveParties } from '../resolve-parties.js';
import { sendCsv, sendJson, wantsCsv, type Sent } from './answer-format.js';
import { matrixCsv } from './matrix.csv.js';
import { formAsked, timesAsked } from './question.js';
import { Reading } from './reading.js';
import { fieldsAsked, severalOf } from './several-asked.js';
import { Times } from './times.js';

const asked = {
  parties: optional(open(text(4000))),
  council: optional(open(text(200))),
  field: open(text(400)),
  ...timesAsked,
  ...formAsked,
};

/** Whose matrix it is where nobody is named. */
const USUAL_COUNCIL = '8市連携市長会議';
const MOST_CELLS = 5000;

/** 対応表: whether each of some parties owes each other something. */
@ApiTags('graph')
@Controller('api/graph/matrix')
export class MatrixController {
  constructor(
    private readonly reading: Reading,
    private readonly queries: QueryBus,
    private readonly parties: ResolveParties,
    private readonly times: Times,
  ) {}

  @Get()
  @Access('public')
  @DocumentQuestion('いくつかの団体が、分野ごとに、互いに義務を負うか', asked, 'Matrix', {
    parties: '団体のid、コード、名称または読み。コンマで区切る(二つ以上)',
    council: `その構成員を並べる会議体。parties も省けば ${USUAL_COUNCIL}`,
    field: '分野。コンマで区切っていくつでも',
  })
  async ask(
    @Query() raw: unknown,
    @CurrentPrincipal() principal: Principal,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Sent> {
    const { parties: named, council, field, format, ...rest } = readRequest(asked, raw);
    const fields = fieldsAsked(field);
    const times = await this.times.asked(rest);
    const parties =
      named === undefined ? await this.membersOf(council, times) : await this.named(named, times);
    refuseUnlessSome(parties, fields.length);
    const answer = await this.reading.text(
      (reader) => new Matrix({ parties, fields, ...times, reader }),
      { principal, request, what: `matrix ${parties.length}` },
    );
    if (!wantsCsv(request, format)) return sendJson(reply, answer);
    return sendCsv(reply, 'matrix', matrixCsv(answer.read<MatrixAnswer>()));
  }

  private async named(text: string, times: OnKnown): Promise<readonly string[]> {
    const found: string[] = [];
    for (const it of severalOf(text)) found.push(await this.parties.get(it, 'parties', times));
    return [...new Set(found)];
  }

  /** Whoever is a member on the day, or may be. */
  private async membersOf(named: string | undefined, times: OnKnown): Promise<readonly string[]> {
    const council = await this.parties.get(named ?? USUAL_COUNCIL, 'council', times);
    const answer = await this.queries.execute(new Members({ council, ...times }));
    const { members } = answer.read<MembersAnswer>();
    return members.filter((it) => it.answer !== 'no').map((it) => it.member.id);
  }
}

function refuseUnlessSome(parties: readonly string[], fields: number): void {
  const cells = parties.length * (parties.length - 1) * fields;
  if (parties.length > 1 && cells <= MOST_CELLS) return;
  const code = parties.length > 1 ? 'matrix/too-large' : 'matrix/parties';
  refuse('malformed', code, '対応表にする団体の数が合いません。', {
    field: 'parties',
    code,
    read: String(parties.length),
    expected: `二つ以上の団体で、ます目(団体×団体×分野)が${MOST_CELLS}以下`,
  });
}
