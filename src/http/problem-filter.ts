import { type ArgumentsHost, Catch, type ExceptionFilter, NotFoundException } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';

import { AllowedMethods } from './allowed-methods.js';
import { problemBody } from './problem.js';
import { problemOf } from './problem-of.js';

export const problemType = 'application/problem+json; charset=utf-8';

/** Whatever is thrown leaves as application/problem+json, and only here. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly methods: AllowedMethods) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const told = error instanceof NotFoundException ? this.unserved(error, request) : error;
    sendProblem(told, request, http.getResponse<FastifyReply>());
  }

  private unserved(error: unknown, { url }: FastifyRequest): unknown {
    const path = url.split('?', 1)[0] ?? '';
    return this.methods.refusalOfMethod(path) ?? error;
  }
}

/** Whoever runs the server wants to know what was the matter with the store. */
const unserved: ReadonlySet<string> = new Set(['store/unavailable', 'store/outcome-unknown']);

export function sendProblem(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
  if (reply.sent) return;
  const problem = problemOf(error);
  if (problem.status === 500) request.log.error({ fault: withoutContents(error) }, 'fault');
  if (unserved.has(problem.code))
    request.log.warn({ fault: withoutContents(error) }, 'unavailable');
  if (problem.status === 401) reply.header('www-authenticate', 'Bearer realm="musubi"');
  if (problem.retryAfter !== undefined) reply.header('retry-after', problem.retryAfter);
  if (problem.allow !== undefined) reply.header('allow', problem.allow.join(', '));
  reply
    .status(problem.status)
    .header('content-type', problemType)
    .header('cache-control', 'no-store')
    .send(JSON.stringify(problemBody(problem, request.id)));
}

const MOST_CAUSES = 4;

/** A message may quote what was sent; the name, the code and the places in the program do not. */
function withoutContents(error: unknown, depth = 0): object {
  if (!(error instanceof Error)) return { name: typeof error };
  const code = 'code' in error ? { code: String(error.code) } : {};
  const frames = (error.stack ?? '').split('\n').filter((it) => /^\s+at /.test(it));
  const told = { name: error.name, ...code, at: frames.slice(0, 12).map((it) => it.trim()) };
  // A host with two addresses refuses twice.
  const behind = error instanceof AggregateError ? error.errors : [error.cause ?? []].flat();
  if (behind.length === 0 || depth === MOST_CAUSES) return told;
  return { ...told, causes: behind.map((it) => withoutContents(it, depth + 1)) };
}
