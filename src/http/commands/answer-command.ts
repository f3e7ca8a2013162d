import type { FastifyReply } from 'fastify';

import type { CommandResult } from '../../entries/command-result.js';

const places: Readonly<Record<string, string>> = {
  agreement: 'agreements',
  party: 'parties',
  facility: 'facilities',
};

/** 201 with the stream's new revision as ETag; 200 for a command that had been carried out before. */
export function answerCommand(
  reply: FastifyReply,
  kind: string,
  { repeated, ...result }: CommandResult,
): Omit<CommandResult, 'repeated'> & { repeated: boolean } {
  const place = places[kind];
  reply
    .status(repeated ? 200 : 201)
    .header('etag', `"${result.revision}"`)
    .header('cache-control', 'no-store');
  if (place !== undefined) reply.header('location', `/api/${place}/${result.id}`);
  return { ...result, repeated };
}
