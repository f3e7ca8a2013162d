import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';

import { quoted, refuse } from '../entries/domain/refusal.js';

const expected = '8文字以上200文字以下の半角文字(空白を除く)。例: UUID';

/** Injects the key under which a command may be repeated. @throws Refusal idempotency/… */
export const IdempotencyKey = createParamDecorator((_: unknown, context: ExecutionContext) => {
  const { headers } = context.switchToHttp().getRequest<FastifyRequest>();
  return idempotencyKey(headers['idempotency-key']);
});

export function idempotencyKey(given: string | string[] | undefined): string {
  if (typeof given === 'string' && /^[\x21-\x7e]{8,200}$/.test(given)) return given;
  const code = given === undefined ? 'idempotency/missing' : 'idempotency/unreadable';
  return refuse('malformed', code, 'Idempotency-Key ヘッダーに、この操作の鍵を付けてください。', {
    field: 'Idempotency-Key',
    code,
    read: given === undefined ? '' : quoted(given),
    expected,
  });
}
