import type { Problem } from './problem.js';

/** A request that HTTP itself refuses: it never reached the domain. */
export class TransportRefusal extends Error {
  override readonly name = 'TransportRefusal';
  constructor(readonly problem: Problem) {
    super(problem.detail);
  }
}

/** 1 MiB: an append holds no more. */
export const mostBodyBytes = 1_048_576;

const byStatus: Readonly<Record<number, Pick<Problem, 'code' | 'detail'>>> = {
  400: { code: 'request/malformed', detail: 'この要求は読み取れません。' },
  404: { code: 'route/unknown', detail: 'このURLには何もありません。/api/docs をご覧ください。' },
  406: { code: 'request/not-acceptable', detail: '求められた形式では答えられません。' },
  408: { code: 'request/timeout', detail: '要求の受信に時間がかかりすぎました。' },
  413: { code: 'body/too-large', detail: '本文は1MiB(1,048,576バイト)以下にしてください。' },
  414: { code: 'request/url-too-long', detail: 'URLの一部が長すぎます。' },
  415: {
    code: 'body/unsupported-media-type',
    detail: '本文は application/json で送ってください。',
  },
};

/** The problem of a status that the server chose itself; undefined for its faults. */
export function problemOfStatus(status: number): Problem | undefined {
  const known = byStatus[status];
  if (known !== undefined) return { status, ...known };
  if (status < 400 || status >= 500) return undefined;
  return { status, code: 'request/refused', detail: 'この要求は受け付けられません。' };
}
