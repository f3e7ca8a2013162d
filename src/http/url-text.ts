import type { FastifyInstance } from 'fastify';

import { TransportRefusal } from './transport-problem.js';

/** No text of a path or query string may hold NUL: PostgreSQL has no such character. */
export function refuseNulInUrls(server: FastifyInstance): void {
  server.addHook('onRequest', (request, _, done) => {
    done(request.url.includes('%00') ? nul() : undefined);
  });
}

function nul(): TransportRefusal {
  const detail = 'URLにNUL文字(%00)は使えません。';
  return new TransportRefusal({ status: 400, code: 'request/nul', detail });
}
