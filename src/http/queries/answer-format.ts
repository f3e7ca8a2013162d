import type { FastifyReply } from 'fastify';

import type { AnswerJson } from '../../../projections/answers.js';

export const jsonType = 'application/json; charset=utf-8';
export const csvType = 'text/csv; charset=utf-8; header=present';

/** Whether CSV was asked for; `format` in the URL counts more than the header. */
export function wantsCsv(
  request: { readonly headers: { readonly accept?: string | undefined } },
  format: string | undefined,
): boolean {
  if (format !== undefined) return format === 'csv';
  const { accept = '*/*' } = request.headers;
  const wanted = (type: string) => Math.max(...accept.split(',').map((it) => weight(it, type)));
  return wanted('text/csv') > wanted('application/json');
}

/** How much a media range of an Accept header wants a type: 0 to 1, −1 where it does not speak of it or wants none. */
function weight(range: string, type: string): number {
  const [name = '', ...parameters] = range.split(';').map((it) => it.trim().toLowerCase());
  const [group] = type.split('/');
  if (name !== type && name !== `${group}/*` && name !== '*/*') return -1;
  const quality = parameters.find((it) => it.startsWith('q='));
  const given = quality === undefined ? 1 : Number(quality.slice(2));
  if (!(given > 0 && given <= 1)) return -1;
  return name === type ? given : given - 0.0001;
}

/** What leaves as it is. */
export type Sent = Buffer | string;

/** What is disclosed is decided when it is asked, so no answer is kept by anybody on the way. */
export function sendJson(reply: FastifyReply, answer: AnswerJson | string): Sent {
  reply.header('content-type', jsonType).header('cache-control', 'no-store');
  reply.header('vary', 'accept, authorization, cookie');
  return typeof answer === 'string' ? answer : answer.bytes;
}

export function sendCsv(reply: FastifyReply, name: string, text: string): string {
  reply.header('content-type', csvType).header('cache-control', 'no-store');
  reply.header('vary', 'accept, authorization, cookie');
  reply.header('content-disposition', `attachment; filename="${name}.csv"`);
  return text;
}

/** A file for another program to open. */
export function sendFile(reply: FastifyReply, type: string, name: string, text: string): string {
  reply.header('content-type', `${type}; charset=utf-8`).header('cache-control', 'no-store');
  reply.header('vary', 'accept, authorization, cookie');
  reply.header('content-disposition', `attachment; filename="${name}"`);
  return text;
}
