import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';

import { type Principal, thePublic } from './principal.js';

export type RequestWithPrincipal = FastifyRequest & { principal?: Principal };

/** Injects who calls, as the access guard found him. */
export const CurrentPrincipal = createParamDecorator((_: unknown, context: ExecutionContext) => {
  return context.switchToHttp().getRequest<RequestWithPrincipal>().principal ?? thePublic;
});
