import type { Fault } from '../entries/domain/refusal.js';

/** What went wrong with a request, before it has the form of RFC 9457. */
export interface Problem {
  readonly status: number;
  /** Stable, such as `agreement/signatures-missing`; also the last part of the type. */
  readonly code: string;
  /** One Japanese sentence for a person. */
  readonly detail: string;
  readonly faults?: readonly Fault[];
  /** Seconds after which to try again. */
  readonly retryAfter?: number;
  /** The methods that a path has. */
  readonly allow?: readonly string[];
}

const titles: Readonly<Record<number, string>> = {
  400: '読み取れない要求です',
  401: 'サインインが必要です',
  403: '許可されていません',
  404: '見つかりません',
  405: 'この操作はここではできません',
  406: 'この形式では答えられません',
  409: '今の登録内容では受け付けられません',
  412: '読んだ後に変わっています',
  413: '大きすぎます',
  414: 'URLが長すぎます',
  415: 'この形式は受け付けられません',
  422: '入力に誤りがあります',
  429: '要求が多すぎます',
  500: '内部の誤りです',
  503: '今は応答できません',
};

/** The members of application/problem+json (RFC 9457), with code and faults of our own. */
export function problemBody({ status, code, detail, faults }: Problem, requestId: string) {
  return {
    type: `urn:musubi:problem:${code}`,
    title: titles[status] ?? '要求を処理できません',
    status,
    code,
    detail,
    faults: faults ?? [],
    instance: `urn:musubi:request:${requestId}`,
  };
}
