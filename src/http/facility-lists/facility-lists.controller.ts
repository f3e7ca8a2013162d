import {
  applyDecorators,
  Body,
  Controller,
  Get,
  Param,
  Post,
  Query,
  Req,
  Res,
} from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiBody,
  ApiConsumes,
  ApiOperation,
  ApiQuery,
  ApiResponse,
  ApiTags,
} from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';

import { open, optional } from '../../entries/domain/field.js';
import { sha256, text, word } from '../../entries/domain/field-kinds.js';
import { refuse } from '../../entries/domain/refusal.js';
import { ListStore } from '../../facilities/import/list-store.js';
import type { Judged, StoredList } from '../../facilities/import/stored-list.js';
import { AccessLog } from '../../identity/access-log.js';
import { Access } from '../../identity/access.decorator.js';
import { CurrentPrincipal } from '../../identity/current-principal.decorator.js';
import type { SignedIn } from '../../identity/principal.js';
import { problemAnswers } from '../openapi/command-answers.js';
import { schemaRef } from '../openapi/schema-names.js';
import { readRequest } from '../read-request.js';
import { idInPath } from '../request-fields.js';
import { problemOfStatus, TransportRefusal } from '../transport-problem.js';
import { ApplyList } from './apply-list.js';
import { JudgeList } from './judge-list.js';
import { ListBody } from './list-body.js';
import { type ListProgress, progressOf } from './list-progress.js';
import { type ListShown, listShown } from './list-shown.js';
import { SendList } from './send-list.js';

const sending = {
  owner: open(text(200)),
  on: optional(open(text(100))),
  name: optional(open(text(400))),
  complete: optional(open(word('true', 'false'))),
};

const judging = { digest: open(sha256()), reason: optional(open(text(4000))) };

/** How many lists an overview shows. */
const MOST_LISTS = 100;

/**
 * 公共施設一覧の取込み: sent and checked, applied row by row, and approved as a whole. None of it needs
 * an Idempotency-Key: the same file is the same list, and each row is entered once.
 */
@ApiTags('facility-lists')
@ApiBearerAuth()
@Controller('api/facility-lists')
export class FacilityListsController {
  constructor(
    private readonly sender: SendList,
    private readonly applier: ApplyList,
    private readonly judge: JudgeList,
    private readonly lists: ListStore,
    private readonly log: AccessLog,
  ) {}

  @Post()
  @Access('registrar')
  @ApiOperation({ summary: '公共施設一覧を一行ずつ確かめて、登録を待つ一覧として預かる' })
  @ApiConsumes('text/csv', 'application/octet-stream', 'multipart/form-data')
  @ApiBody({ schema: { type: 'string', format: 'binary' } })
  @ApiQuery({ name: 'owner', required: true, description: '所管団体のid、コード、名称または読み' })
  @ApiQuery({
    name: 'on',
    required: false,
    description: '一覧の日。令和2年9月1日、2020-09-01 など',
  })
  @ApiQuery({ name: 'name', required: false, description: 'ファイル名' })
  @ApiQuery({ name: 'complete', required: false, enum: ['true', 'false'] })
  @Answers('FacilityList', 400, 413)
  async send(
    @Body() body: unknown,
    @Query() query: unknown,
    @CurrentPrincipal() principal: SignedIn,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ListShown> {
    if (!(body instanceof ListBody)) throw new TransportRefusal(noFile());
    const { owner, on, name, complete } = readRequest(sending, {
      ...body.fields,
      ...(query as Record<string, unknown>),
    });
    const { id, repeated } = await this.sender.execute(principal, {
      bytes: body.bytes,
      owner,
      on,
      fileName: name ?? body.fileName,
      complete: complete === 'true',
    });
    answered(reply, !repeated).header('location', `/api/facility-lists/${id}`);
    return this.shown(await this.found(id, principal));
  }

  @Get()
  @Access('registrar', 'approver', 'auditor')
  @ApiOperation({ summary: '自分の団体の、預かった一覧(新しい順)' })
  @ApiResponse({ status: 200, description: '一覧', schema: schemaRef('FacilityLists') })
  async all(
    @CurrentPrincipal() principal: SignedIn,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<{ readonly lists: readonly ListProgress[] }> {
    const bodies = [...new Set(principal.grants.filter(isStaff).map((it) => it.body))];
    const lists: ListProgress[] = [];
    for (const it of await this.lists.of(bodies, MOST_LISTS)) {
      lists.push(progressOf(it, await this.lists.rowsOf(it.id)));
    }
    await this.log.record(principal, request, { what: 'facility-lists' });
    reply.header('cache-control', 'no-store');
    return { lists };
  }

  @Get(':id')
  @Access('registrar', 'approver', 'auditor')
  @ApiOperation({ summary: '預かった一覧の、行ごとの報告と進み具合' })
  @ApiResponse({ status: 200, description: '一覧', schema: schemaRef('FacilityList') })
  async show(
    @Param('id') id: string,
    @CurrentPrincipal() principal: SignedIn,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ListShown> {
    const list = await this.found(id, principal);
    await this.log.record(principal, request, {
      body: list.owner,
      what: `facility-list ${list.id}`,
    });
    reply.header('cache-control', 'no-store');
    return this.shown(list);
  }

  @Post(':id/application')
  @Access('registrar')
  @ApiOperation({
    summary: '預かった一覧を登録する。終わるまで(state が applied になるまで)繰り返し呼ぶ',
  })
  @Answers('FacilityListProgress')
  async apply(
    @Param('id') id: string,
    @CurrentPrincipal() principal: SignedIn,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ListProgress> {
    const list = await this.found(id, principal);
    answered(reply, await this.applier.execute(principal, list));
    return this.progress(id, principal);
  }

  @Post(':id/approvals')
  @Access('approver')
  @ApiOperation({ summary: '一覧の登録票をすべて承認する。終わるまで繰り返し呼ぶ' })
  @ApiBody({ schema: judgementSchema() })
  @Answers('FacilityListProgress', 412)
  approve(
    @Param('id') id: string,
    @Body() raw: unknown,
    @CurrentPrincipal() principal: SignedIn,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ListProgress> {
    return this.judgeAll('approved', { id, raw, principal }, reply);
  }

  @Post(':id/rejections')
  @Access('approver')
  @ApiOperation({ summary: '一覧の登録票をすべて却下する。終わるまで繰り返し呼ぶ' })
  @ApiBody({ schema: judgementSchema() })
  @Answers('FacilityListProgress', 412)
  reject(
    @Param('id') id: string,
    @Body() raw: unknown,
    @CurrentPrincipal() principal: SignedIn,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ListProgress> {
    return this.judgeAll('rejected', { id, raw, principal }, reply);
  }

  private async judgeAll(
    judged: Judged,
    { id, raw, principal }: { id: string; raw: unknown; principal: SignedIn },
    reply: FastifyReply,
  ): Promise<ListProgress> {
    const list = await this.found(id, principal);
    const { digest, reason } = readRequest(judging, raw);
    answered(reply, await this.judge.execute(principal, list, { judged, digest, reason }));
    return this.progress(id, principal);
  }

  /** Lists of bodies for which he has no role there are none. @throws Refusal facility-list/unknown */
  private async found(raw: string, principal: SignedIn): Promise<StoredList> {
    const list = await this.lists.get(idInPath(raw, 'facility-list'));
    if (
      list !== undefined &&
      principal.grants.some((it) => isStaff(it) && it.body === list.owner)
    ) {
      return list;
    }
    return refuse('unknown', 'facility-list/unknown', 'その一覧はありません。', {
      field: 'id',
      code: 'facility-list/unknown',
      read: raw.slice(0, 80),
      expected: '自分の団体が預けた一覧のid',
    });
  }

  private async progress(id: string, principal: SignedIn): Promise<ListProgress> {
    return progressOf(await this.found(id, principal), await this.lists.rowsOf(id));
  }

  private async shown(list: StoredList): Promise<ListShown> {
    return listShown(list, await this.lists.reportOf(list.id), await this.lists.rowsOf(list.id));
  }
}

function isStaff({ role }: { readonly role: string }): boolean {
  return role === 'registrar' || role === 'approver' || role === 'auditor';
}

/** 201 where something was stored by this call, 200 where all of it was there. */
function answered(reply: FastifyReply, stored: boolean): FastifyReply {
  return reply.status(stored ? 201 : 200).header('cache-control', 'no-store');
}

function noFile() {
  const { status, code } = problemOfStatus(415) ?? { status: 415, code: '' };
  const detail =
    '公共施設一覧のファイルを text/csv か application/octet-stream で、またはフォームの file として送ってください。';
  return { status, code, detail };
}

function judgementSchema() {
  return {
    type: 'object',
    properties: {
      digest: { ...judging.digest.schema, description: '一覧の digest' },
      reason: judging.reason.schema,
    },
    required: ['digest'],
  };
}

/** What OpenAPI says of the answers of a command on a list. */
function Answers(schema: string, ...statuses: readonly number[]) {
  const answer = { schema: schemaRef(schema) };
  return applyDecorators(
    ApiResponse({ status: 201, description: 'この操作で進んだ', ...answer }),
    ApiResponse({ status: 200, description: 'すでに済んでいた', ...answer }),
    ...problemAnswers([401, 403, 404, 409, 415, 422, 503, ...statuses]).map((it) =>
      ApiResponse(it),
    ),
  );
}
