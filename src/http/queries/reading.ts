import { Injectable } from '@nestjs/common';
import { type Query, QueryBus } from '@nestjs/cqrs';
import type { FastifyRequest } from 'fastify';

import type { AnswerJson } from '../../../projections/answers.js';
import type { Reader } from '../../../projections/reader.js';
import { Refusal } from '../../entries/domain/refusal.js';
import { AccessLog } from '../../identity/access-log.js';
import { type Principal, thePublic } from '../../identity/principal.js';

export interface Occasion {
  readonly principal: Principal;
  readonly request: FastifyRequest;
  /** A stable word and ids, for the log of accesses; never what was typed. */
  readonly what: string;
}

/** Asks for whoever asks; an answer that the public would not get is on record before it leaves. */
@Injectable()
export class Reading {
  constructor(
    private readonly queries: QueryBus,
    private readonly log: AccessLog,
  ) {}

  async text(
    question: (reader: Reader) => Query<AnswerJson>,
    { principal, request, what }: Occasion,
  ): Promise<AnswerJson> {
    const answer = await this.queries.execute(question(principal));
    if (principal.kind === 'public' || principal.grants.length === 0) return answer;
    if ((await this.toPublic(question))?.bytes.equals(answer.bytes) !== true) {
      await this.log.record(principal, request, { what });
    }
    return answer;
  }

  private async toPublic(
    question: (reader: Reader) => Query<AnswerJson>,
  ): Promise<AnswerJson | undefined> {
    try {
      return await this.queries.execute(question(thePublic));
    } catch (error) {
      if (error instanceof Refusal) return undefined;
      throw error;
    }
  }
}
