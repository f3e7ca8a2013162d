import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';

import { refuse } from '../entries/domain/refusal.js';
import { roleNames } from '../register/domain/role-names.js';
import { ACCESS, type Access } from './access.decorator.js';
import { Authentication } from './authentication.js';
import type { RequestWithPrincipal } from './current-principal.decorator.js';
import { signedIn } from './principal.js';

/** Denies by default: every route says who may call it. Attaches the principal to the request. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly authentication: Authentication,
  ) {}

  /** @throws Refusal `access/undeclared`, `session/…`, `access/denied`, `access/other-site` */
  async canActivate(context: ExecutionContext): Promise<boolean> {
    const targets = [context.getHandler(), context.getClass()];
    const access = this.reflector.getAllAndOverride<Access | undefined>(ACCESS, targets);
    if (access === undefined) {
      refuse('forbidden', 'access/undeclared', 'この操作は誰にも許可されていません。');
    }
    const request = context.switchToHttp().getRequest<RequestWithPrincipal>();
    const principal = await this.authentication.principalOf(request);
    request.principal = principal;
    if (access === 'public') return true;

    const { grants } = signedIn(principal);
    if (access === 'signed-in' || grants.some((it) => access.includes(it.role))) return true;
    const needed = access.map((role) => roleNames[role]).join('、');
    return refuse('forbidden', 'access/denied', `この操作には次の権限が必要です: ${needed}`);
  }
}
