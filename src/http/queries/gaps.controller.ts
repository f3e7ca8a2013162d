import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';

import type { GapsAnswer } from '../../../projections/agreement-graph/gaps.answer.js';
import { Gaps } from '../../../projections/agreement-graph/gaps.query.js';
import type { OnKnown } from '../../../projections/questions.js';
import { fields } from '../../agreements/domain/vocabulary.js';
import { open, optional } from '../../entries/domain/field.js';
import { text, word } from '../../entries/domain/field-kinds.js';
import { quoted, refuse } from '../../entries/domain/refusal.js';
import { Access } from '../../identity/access.decorator.js';
import { CurrentPrincipal } from '../../identity/current-principal.decorator.js';
import type { Principal } from '../../identity/principal.js';
import { DocumentQuestion } from '../openapi/document-question.decorator.js';
import { readRequest } from '../read-request.js';
import { ResolveParties } from '../resolve-parties.js';
import { sendCsv, sendJson, wantsCsv, type Sent } from './answer-format.js';
import { gapsCsv } from './gaps.csv.js';
import { formAsked, timesAsked } from './question.js';
import { Reading } from './reading.js';
import { severalOf } from './several-asked.js';
import { Times } from './times.js';

const asked = {
  of: open(text(200)),
  with: optional(open(text(4000))),
  within: optional(open(text(4))),
  field: open(word(...fields)),
  ...timesAsked,
  ...formAsked,
};

const USUAL_KM = 50;
const MOST_PAIRS = 200;

/** 空白: neighbours without an agreement, bound through a council alone, or signed and not in effect. */
@ApiTags('graph')
@Controller('api/graph/gaps')
export class GapsController {
  constructor(
    private readonly reading: Reading,
    private readonly parties: ResolveParties,
    private readonly times: Times,
  ) {}

  @Get()
  @Access('public')
  @DocumentQuestion(
    '隣り合う団体のうち、その分野の協定がないもの、会議体を通じてだけのもの、締結されて効力のないもの。境界は登録されていないため、隣り合うことは庁舎の位置から推定し、距離(km)を示す',
    asked,
    'Gaps',
    {
      of: '市区町村、またはその市区町村をすべて見る都道府県の、id、コード、名称または読み',
      with: '相手の団体。コンマで区切る。省けば庁舎の位置から推定した隣の団体',
      within: `隣とみる庁舎間の距離の上限(km)。省けば ${USUAL_KM}`,
    },
  )
  async ask(
    @Query() raw: unknown,
    @CurrentPrincipal() principal: Principal,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Sent> {
    const { of: named, with: others, within, field, format, ...rest } = readRequest(asked, raw);
    const km = kilometres(within);
    const times = await this.times.asked(rest);
    const of = await this.parties.get(named, 'of', times);
    const given = others === undefined ? undefined : await this.given(others, of, times);
    const question = { of, field, within: km, ...times };
    const answer = await this.reading.text(
      (reader) => new Gaps({ ...question, ...(given ? { with: given } : {}), reader }),
      { principal, request, what: `gaps ${of}` },
    );
    if (!wantsCsv(request, format)) return sendJson(reply, answer);
    return sendCsv(reply, 'gaps', gapsCsv(answer.read<GapsAnswer>()));
  }

  private async given(texts: string, of: string, times: OnKnown): Promise<readonly string[]> {
    const found = new Set<string>();
    for (const it of severalOf(texts).slice(0, MOST_PAIRS)) {
      found.add(await this.parties.get(it, 'with', times));
    }
    found.delete(of);
    return [...found];
  }
}

function kilometres(asked: string | undefined): number {
  if (asked === undefined) return USUAL_KM;
  if (/^[1-9]\d{0,3}$/.test(asked)) return Number(asked);
  return refuse('malformed', 'gaps/within', 'within を距離として読めません。', {
    field: 'within',
    code: 'gaps/within',
    read: quoted(asked),
    expected: '1以上9999以下のキロメートル数',
  });
}
