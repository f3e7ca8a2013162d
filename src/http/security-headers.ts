import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

import { documentationPath } from './openapi/documentation-path.js';

/** Nothing from elsewhere, no frame, no script but our own files. */
const policy = [
  "default-src 'self'",
  "base-uri 'none'",
  "object-src 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');

/** The API's own page styles itself in place; its scripts are files from here all the same. */
const documentationPolicy = `${policy}; style-src 'self' 'unsafe-inline'; img-src 'self' data:`;

const headers = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
};

/** What every answer carries: its request's id, and what a browser must not do with it. */
export function setAnswerHeaders(request: FastifyRequest, reply: FastifyReply): void {
  const ofDocumentation = request.url.startsWith(`/${documentationPath}`);
  reply
    .headers(headers)
    .header('content-security-policy', ofDocumentation ? documentationPolicy : policy)
    .header('x-request-id', request.id);
  if (request.protocol === 'https') {
    reply.header('strict-transport-security', 'max-age=31536000');
  }
}

export function addAnswerHeaders(server: FastifyInstance): void {
  server.addHook('onSend', (request, reply, payload, done) => {
    setAnswerHeaders(request, reply);
    done(null, payload);
  });
}
