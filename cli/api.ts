import { Refusal } from '../src/entries/domain/refusal.js';
import { readSecret } from './secret-reference.js';

/** A running application and the token of whoever acts: his roles count, as on the web. */
export interface Api {
  readonly url: string;
  readonly token: string;
}

export const apiOptions = {
  url: { default: 'http://127.0.0.1:3000' },
  token: { default: 'env:MUSUBI_TOKEN' },
} as const;

export const apiUsage = '[--url http://127.0.0.1:3000] [--token env:MUSUBI_TOKEN|file:/パス]';

/** @throws UsageFault, Refusal `secret/missing`, `api/url` */
export function apiOf(
  { url, token }: { readonly url: string; readonly token: string },
  environment: NodeJS.ProcessEnv,
): Api {
  if (!/^https?:\/\//.test(url) || !URL.canParse(url)) {
    throw new Refusal('malformed', 'api/url', `--url の「${url}」はURLではありません。`);
  }
  return { url: url.replace(/\/+$/, ''), token: readSecret('--token', token, environment) };
}

interface Problem {
  readonly code?: string;
  readonly detail?: string;
  readonly faults?: readonly { readonly field: string; readonly read: string }[];
}

/**
 * Asks the application. @throws Refusal with the code and sentence of its problem, `api/unreachable`
 */
export async function ask<T>(
  { url, token }: Api,
  path: string,
  sent?: { readonly type: string; readonly body: Uint8Array | string },
): Promise<T> {
  const response = await fetch(`${url}${path}`, {
    method: sent === undefined ? 'GET' : 'POST',
    headers: {
      authorization: `Bearer ${token}`,
      ...(sent === undefined || sent.body.length === 0 ? {} : { 'content-type': sent.type }),
    },
    ...(sent === undefined || sent.body.length === 0
      ? {}
      : { body: new Uint8Array(Buffer.from(sent.body)) }),
  }).catch((fault: unknown) => unreachable(url, fault));
  const text = await response.text();
  if (response.ok) return JSON.parse(text) as T;
  throw refusalIn(text, response.status);
}

function refusalIn(text: string, status: number): Refusal {
  const { code = 'api/refused', detail = `答えが ${status} でした。`, faults = [] } = read(text);
  const where = faults.map(({ field, read: said }) => `${field}「${said}」`).join('、');
  return new Refusal('malformed', code, where === '' ? detail : `${detail} ${where}`);
}

function read(text: string): Problem {
  try {
    return JSON.parse(text) as Problem;
  } catch {
    return {};
  }
}

function unreachable(url: string, cause: unknown): never {
  const refusal = new Refusal('conflict', 'api/unreachable', `${url} に接続できません。`);
  refusal.cause = cause;
  throw refusal;
}
