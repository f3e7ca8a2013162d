import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';

import type { CounterAnswer } from '../../../projections/counter/counter.answer.js';
import { Counter } from '../../../projections/counter/counter.query.js';
import type { OnKnown } from '../../../projections/questions.js';
import { purposeOf } from '../../counter/domain/purpose.js';
import { open, optional } from '../../entries/domain/field.js';
import { text } from '../../entries/domain/field-kinds.js';
import { refuse } from '../../entries/domain/refusal.js';
import { readPoiKinds } from '../../facilities/poi-kinds.js';
import { Access } from '../../identity/access.decorator.js';
import { CurrentPrincipal } from '../../identity/current-principal.decorator.js';
import type { Principal } from '../../identity/principal.js';
import { DocumentQuestion } from '../openapi/document-question.decorator.js';
import { readRequest } from '../read-request.js';
import { uuid } from '../request-fields.js';
import { ResolveParties } from '../resolve-parties.js';
import { sendCsv, sendJson, wantsCsv, type Sent } from './answer-format.js';
import { counterCsv } from './counter.csv.js';
import { limitAsked, limitOf } from './page.js';
import { formAsked, timesAsked } from './question.js';
import { Reading } from './reading.js';
import { Times } from './times.js';

const asked = {
  lives: optional(open(text(200))),
  works: optional(open(text(200))),
  studies: optional(open(text(200))),
  purpose: open(text(200)),
  partner: optional(open(text(200))),
  after: optional(open(uuid('page/after', '前のページの next'))),
  ...limitAsked,
  ...timesAsked,
  ...formAsked,
};

/** Partners of a page as JSON; a table is whole where nobody says how long. */
const usual = 50;

function pageSize(limit: string | undefined, table: boolean): { readonly limit?: number } {
  return limit === undefined && table ? {} : limitOf(limit, usual);
}

type Places = { readonly lives?: string; readonly works?: string; readonly studies?: string };

/** 窓口: what a person who lives, works or studies somewhere may use where, on a day. */
@ApiTags('questions')
@Controller('api/counter')
export class CounterController {
  private readonly kinds = readPoiKinds();

  constructor(
    private readonly reading: Reading,
    private readonly parties: ResolveParties,
    private readonly times: Times,
  ) {}

  @Get()
  @Access('public')
  @DocumentQuestion('この人は、どの団体の何を、何を根拠に使えるか', asked, 'Counter')
  async ask(
    @Query() raw: unknown,
    @CurrentPrincipal() principal: Principal,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Sent> {
    const read = readRequest(asked, raw);
    const purpose = purposeOf(read.purpose, this.kinds);
    const times = await this.times.asked(read);
    const person = await this.person(read, times);
    const partner = read.partner && (await this.parties.get(read.partner, 'partner', times));
    const table = wantsCsv(request, read.format);
    const question = {
      person,
      purpose,
      ...(partner === undefined ? {} : { partner }),
      ...(read.after === undefined ? {} : { after: read.after }),
      ...pageSize(read.limit, table),
      ...(table ? { every: true as const } : {}),
      ...times,
    };
    const answer = await this.reading.text((reader) => new Counter({ ...question, reader }), {
      principal,
      request,
      what: `counter ${purpose.field} ${Object.values(person).join(' ')}`,
    });
    if (!table) return sendJson(reply, answer);
    return sendCsv(reply, 'counter', counterCsv(answer.read<CounterAnswer>()));
  }

  /** @throws Refusal counter/nobody, party/unknown, party/ambiguous */
  private async person({ lives, works, studies }: Places, times: OnKnown) {
    if (lives === undefined && works === undefined && studies === undefined) {
      refuse('malformed', 'counter/nobody', 'どこにお住まいか、お勤めか、通学先かが必要です。', {
        field: 'lives',
        code: 'counter/nobody',
        read: '',
        expected: 'lives、works、studies のうち一つ以上に、市区町村または行政区',
      });
    }
    const find = (text: string, field: string) => this.parties.get(text, field, times);
    return {
      ...(lives === undefined ? {} : { resident: await find(lives, 'lives') }),
      ...(works === undefined ? {} : { worker: await find(works, 'works') }),
      ...(studies === undefined ? {} : { student: await find(studies, 'studies') }),
    };
  }
}
