import type { FastifyInstance } from 'fastify';

import { refuseStrangeJson } from './strange-json.js';
import { mostBodyBytes, TransportRefusal } from './transport-problem.js';

/**
 * Bodies are JSON in UTF-8 (RFC 8259) and nothing else. Fastify's own parser would put U+FFFD for
 * bytes that are no UTF-8, so the bytes are decoded here.
 */
export function acceptOnlyJson(server: FastifyInstance): void {
  server.removeAllContentTypeParsers();
  server.addContentTypeParser(
    'application/json',
    { parseAs: 'buffer', bodyLimit: mostBodyBytes },
    (_, bytes, done) => {
      try {
        done(null, parsedJson(bytes as Buffer));
      } catch (error) {
        done(error as Error);
      }
    },
  );
}

/** @throws TransportRefusal body/not-utf8, body/not-json; Refusal body/… */
export function parsedJson(bytes: Buffer): unknown {
  const value = parsed(decoded(bytes));
  refuseStrangeJson(value);
  return value;
}

function decoded(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new TransportRefusal({
      status: 400,
      code: 'body/not-utf8',
      detail: '本文に UTF-8 ではないバイトがあります。文字コードを UTF-8 にして送ってください。',
    });
  }
}

function parsed(text: string): unknown {
  if (text.trim() === '') return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new TransportRefusal({
      status: 400,
      code: 'body/not-json',
      detail: '本文が JSON として読めません。',
    });
  }
}
