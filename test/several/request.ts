import { randomUUID } from 'node:crypto';

export interface Reply<B> {
  readonly status: number;
  readonly body: B;
  readonly code: string | undefined;
}

export interface Asked {
  readonly token?: string;
  readonly key?: string;
  readonly ifMatch?: number;
}

/** One POST of JSON, under a key of its own where none is given. */
export function post<B = Record<string, unknown>>(
  url: string,
  body: object,
  { token, key = randomUUID(), ifMatch }: Asked = {},
): Promise<Reply<B>> {
  return request(url, {
    method: 'POST',
    headers: {
      ...bearer(token),
      'content-type': 'application/json',
      'idempotency-key': key,
      ...(ifMatch === undefined ? {} : { 'if-match': `"${ifMatch}"` }),
    },
    body: JSON.stringify(body),
  });
}

export function ask<B = Record<string, unknown>>(
  method: 'GET' | 'DELETE',
  url: string,
  token?: string,
): Promise<Reply<B>> {
  return request(url, { method, headers: bearer(token) });
}

async function request<B>(url: string, init: RequestInit): Promise<Reply<B>> {
  const response = await fetch(url, { ...init, signal: AbortSignal.timeout(20_000) });
  const text = await response.text();
  const json = (text.startsWith('{') ? JSON.parse(text) : {}) as Record<string, unknown>;
  const code = typeof json['code'] === 'string' ? json['code'] : undefined;
  return { status: response.status, body: json as B, code };
}

function bearer(token: string | undefined): Record<string, string> {
  return token === undefined ? {} : { authorization: `Bearer ${token}` };
}
