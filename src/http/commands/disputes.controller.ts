import { Body, Controller, Param, Post, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';

import type { CommandResult } from '../../entries/command-result.js';
import { DisputeFact } from '../../entries/dispute-fact.js';
import { WithdrawDispute } from '../../entries/withdraw-dispute.js';
import { Access } from '../../identity/access.decorator.js';
import { CurrentPrincipal } from '../../identity/current-principal.decorator.js';
import type { SignedIn } from '../../identity/principal.js';
import { IdempotencyKey } from '../idempotency-key.decorator.js';
import { DocumentCommand } from '../openapi/document-command.decorator.js';
import { readRequest } from '../read-request.js';
import { idInPath } from '../request-fields.js';
import { ResolveReferences } from '../resolve-references.js';
import { answerCommand } from './answer-command.js';
import { disputeBody, withdrawalBody } from './command-bodies.js';
import { disputeSchema, withdrawalSchema } from './command-schemas.js';

/** 異議: any body may doubt what another keeps; it counts at once, and its own body withdraws it. */
@ApiTags('disputes')
@ApiBearerAuth()
@Controller('api/disputes')
export class DisputesController {
  constructor(
    private readonly commands: CommandBus,
    private readonly references: ResolveReferences,
  ) {}

  @Post()
  @Access('registrar')
  @DocumentCommand('登録された事実に異議を述べる', disputeSchema)
  async dispute(
    @Body() raw: unknown,
    @CurrentPrincipal() principal: SignedIn,
    @IdempotencyKey() idempotencyKey: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { stream, body: named, ...doubt } = readRequest(disputeBody, raw);
    const body = await this.references.party(named, 'body');
    const read = await this.references.inDispute(stream.kind, doubt);
    const dispute = { stream, body, raw: read, idempotencyKey };
    const result: CommandResult = await this.commands.execute(new DisputeFact(principal, dispute));
    return answerCommand(reply, stream.kind, result);
  }

  @Post(':dispute/withdrawals')
  @Access('registrar')
  @DocumentCommand('自分の団体の異議を取り下げる', withdrawalSchema)
  async withdraw(
    @Param('dispute') id: string,
    @Body() raw: unknown,
    @CurrentPrincipal() principal: SignedIn,
    @IdempotencyKey() idempotencyKey: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const dispute = idInPath(id, 'dispute');
    const { stream } = readRequest(withdrawalBody, raw);
    const withdrawal = { stream, dispute, idempotencyKey };
    const result: CommandResult = await this.commands.execute(
      new WithdrawDispute(principal, withdrawal),
    );
    return answerCommand(reply, stream.kind, result);
  }
}
