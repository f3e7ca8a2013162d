import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';

import { quoted, refuse } from '../entries/domain/refusal.js';

/** Injects the revision that the caller has read; undefined where he does not say. */
export const IfMatch = createParamDecorator((_: unknown, context: ExecutionContext) => {
  return revisionIn(context.switchToHttp().getRequest<FastifyRequest>().headers['if-match']);
});

/** @throws Refusal if-match/unreadable */
export function revisionIn(given: string | undefined): number | undefined {
  if (given === undefined) return undefined;
  const digits = /^"(\d{1,9})"$/.exec(given)?.[1];
  if (digits !== undefined) return Number(digits);
  return refuse('malformed', 'if-match/unreadable', 'If-Match ヘッダーが読めません。', {
    field: 'If-Match',
    code: 'if-match/unreadable',
    read: quoted(given),
    expected: '読んだときの ETag。例: "3"',
  });
}
