import { Body, Controller, Param, Post, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';

import type { CommandResult } from '../../entries/command-result.js';
import { refuse } from '../../entries/domain/refusal.js';
import { EnterActs } from '../../entries/enter-acts.js';
import { JudgeEntry } from '../../entries/judge-entry.js';
import { Access } from '../../identity/access.decorator.js';
import { CurrentPrincipal } from '../../identity/current-principal.decorator.js';
import type { SignedIn } from '../../identity/principal.js';
import { FindEntry } from '../find-entry.js';
import { IdempotencyKey } from '../idempotency-key.decorator.js';
import { IfMatch } from '../if-match.decorator.js';
import { DocumentCommand } from '../openapi/document-command.decorator.js';
import { readRequest } from '../read-request.js';
import { idInPath } from '../request-fields.js';
import { ResolveReferences } from '../resolve-references.js';
import { answerCommand } from './answer-command.js';
import { entryBody, judgementBody } from './command-bodies.js';
import { entrySchema, judgementSchema } from './command-schemas.js';

/** 登録票: entering the acts of one paper, and judging what another person entered. */
@ApiTags('entries')
@ApiBearerAuth()
@Controller('api/entries')
export class EntriesController {
  constructor(
    private readonly commands: CommandBus,
    private readonly references: ResolveReferences,
    private readonly entries: FindEntry,
  ) {}

  @Post()
  @Access('registrar')
  @DocumentCommand('一つの文書の行為をまとめて登録する', entrySchema, { ifMatch: true })
  async enter(
    @Body() raw: unknown,
    @CurrentPrincipal() principal: SignedIn,
    @IdempotencyKey() idempotencyKey: string,
    @IfMatch() ifRevision: number | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { stream, opens, acts: named, paper, ...shared } = readRequest(entryBody, raw);
    const kind = stream?.kind ?? opens;
    if (kind === undefined || (stream !== undefined && opens !== undefined)) refuseTarget();
    const acts = await this.references.inActs(kind, named);
    const entry = { kind, id: stream?.id, acts, shared, paper, idempotencyKey, ifRevision };
    const result: CommandResult = await this.commands.execute(new EnterActs(principal, entry));
    return answerCommand(reply, kind, result);
  }

  @Post(':entry/approvals')
  @Access('approver')
  @DocumentCommand('別の人の登録票を承認する', judgementSchema)
  approve(
    @Param('entry') entry: string,
    @Body() raw: unknown,
    @CurrentPrincipal() principal: SignedIn,
    @IdempotencyKey() idempotencyKey: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return this.judge(true, { entry, raw, principal, idempotencyKey }, reply);
  }

  @Post(':entry/rejections')
  @Access('approver')
  @DocumentCommand('別の人の登録票を却下する', judgementSchema)
  reject(
    @Param('entry') entry: string,
    @Body() raw: unknown,
    @CurrentPrincipal() principal: SignedIn,
    @IdempotencyKey() idempotencyKey: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return this.judge(false, { entry, raw, principal, idempotencyKey }, reply);
  }

  private async judge(
    approve: boolean,
    asked: { entry: string; raw: unknown; principal: SignedIn; idempotencyKey: string },
    reply: FastifyReply,
  ) {
    const entry = idInPath(asked.entry, 'entry');
    const { digest, reason, stream: said } = readRequest(judgementBody, asked.raw);
    const { principal, idempotencyKey } = asked;
    const stream = said ?? (await this.entries.streamOf(entry, principal));
    const judgement = { entry, digest, stream, approve, reason, idempotencyKey };
    const result: CommandResult = await this.commands.execute(new JudgeEntry(principal, judgement));
    return answerCommand(reply, stream.kind, result);
  }
}

function refuseTarget(): never {
  return refuse(
    'malformed',
    'entry/target',
    '登録する先を stream か opens の一方で示してください。',
    {
      field: 'stream',
      code: 'entry/target',
      read: '',
      expected: 'stream(今ある登録)か opens(新しく開く登録の種類)のどちらか一つ',
    },
  );
}
