import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';

import type { AnswerJson } from '../../../projections/answers.js';
import {
  graphFigures,
  type GraphFiguresAnswer,
} from '../../../projections/agreement-graph/figures-answer.js';
import {
  AgreementGraph,
  type GraphAnswer,
} from '../../../projections/agreement-graph/graph.query.js';
import { fields } from '../../agreements/domain/vocabulary.js';
import { open, optional } from '../../entries/domain/field.js';
import { text, word } from '../../entries/domain/field-kinds.js';
import { Access } from '../../identity/access.decorator.js';
import { CurrentPrincipal } from '../../identity/current-principal.decorator.js';
import type { Principal } from '../../identity/principal.js';
import { DocumentQuestion } from '../openapi/document-question.decorator.js';
import { readRequest } from '../read-request.js';
import { ResolveParties } from '../resolve-parties.js';
import { sendCsv, sendFile, sendJson, wantsCsv, type Sent } from './answer-format.js';
import { gexf } from './gexf.js';
import { graphCsv, graphFiguresCsv } from './graph.csv.js';
import { graphml } from './graphml.js';
import { partiesAsked } from './party-asked.js';
import { formAsked, timesAsked } from './question.js';
import { Reading } from './reading.js';
import { Times, type TimesAsked } from './times.js';

const chosen = {
  of: optional(open(text(200))),
  field: optional(open(word(...fields))),
  ...timesAsked,
};
const figuresAsked = { ...chosen, ...formAsked };
const exportAsked = {
  ...chosen,
  format: optional(open(word('json', 'csv', 'graphml', 'gexf'))),
};

interface ChosenAsked extends TimesAsked {
  readonly of?: string;
  readonly field?: string;
}

/** 協定のつながり: the dated graph of parties and agreements, and its figures. */
@ApiTags('graph')
@Controller('api/graph')
export class GraphExportController {
  constructor(
    private readonly reading: Reading,
    private readonly parties: ResolveParties,
    private readonly times: Times,
  ) {}

  @Get('export')
  @Access('public')
  @DocumentQuestion(
    '当事者と協定のつながりを、GraphML・GEXF・JSON・CSV で書き出す',
    exportAsked,
    'AgreementGraph',
    { of: '当事者(その区・機関を含む)のid、コード、名称または読み', format: '書き出す形' },
  )
  async export(
    @Query() raw: unknown,
    @CurrentPrincipal() principal: Principal,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Sent> {
    const { format, ...rest } = readRequest(exportAsked, raw);
    const answer = await this.graph(rest, principal, request);
    const read = () => answer.read<GraphAnswer>();
    if (format === 'graphml') {
      return sendFile(reply, 'application/graphml+xml', 'agreements.graphml', graphml(read()));
    }
    if (format === 'gexf') {
      return sendFile(reply, 'application/gexf+xml', 'agreements.gexf', gexf(read()));
    }
    if (!wantsCsv(request, format)) return sendJson(reply, answer);
    return sendCsv(reply, 'agreements', graphCsv(read()));
  }

  @Get('figures')
  @Access('public')
  @DocumentQuestion('つながりの数値(次数・連結成分・密度)', figuresAsked, 'AgreementGraphFigures', {
    of: '当事者(その区・機関を含む)のid、コード、名称または読み',
  })
  async figures(
    @Query() raw: unknown,
    @CurrentPrincipal() principal: Principal,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Sent> {
    const { format, ...rest } = readRequest(figuresAsked, raw);
    const answer = await this.graph(rest, principal, request);
    const figures: GraphFiguresAnswer = graphFigures(answer.read<GraphAnswer>());
    if (!wantsCsv(request, format)) return sendJson(reply, JSON.stringify(figures));
    return sendCsv(reply, 'graph-figures', graphFiguresCsv(figures));
  }

  private async graph(
    { of, field, ...rest }: ChosenAsked,
    principal: Principal,
    request: FastifyRequest,
  ): Promise<AnswerJson> {
    const times = await this.times.asked(rest);
    const question = {
      ...(await partiesAsked(this.parties, { of }, times)),
      ...(field === undefined ? {} : { field }),
      ...times,
    };
    return this.reading.text((reader) => new AgreementGraph({ ...question, reader }), {
      principal,
      request,
      what: 'graph',
    });
  }
}
