import { Body, Controller, Delete, Get, HttpCode, Post, Req, Res } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiCreatedResponse,
  ApiForbiddenResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
  ApiTooManyRequestsResponse,
  ApiUnauthorizedResponse,
} from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';

import { refuse } from '../entries/domain/refusal.js';
import { Access } from './access.decorator.js';
import { CurrentPrincipal } from './current-principal.decorator.js';
import { presentedToken } from './presented-token.js';
import type { SignedIn } from './principal.js';
import { RegisterRoles } from './register-roles.js';
import { cookieFor, endedCookie } from './session-cookie.js';
import { SessionDto, SignInDto, WhoAmIDto } from './session.dto.js';
import { Sessions } from './sessions.js';
import { SignIn } from './sign-in.js';

@ApiTags('session')
@Controller('api/session')
export class SessionController {
  constructor(
    private readonly signIn: SignIn,
    private readonly sessions: Sessions,
    private readonly roles: RegisterRoles,
  ) {}

  @Post()
  @Access('public')
  @ApiOperation({ summary: 'サインインする' })
  @ApiCreatedResponse({ type: SessionDto })
  @ApiUnauthorizedResponse({ description: 'session/wrong-credentials' })
  @ApiForbiddenResponse({ description: 'session/one-time-password' })
  @ApiTooManyRequestsResponse({ description: 'session/throttled' })
  async start(
    @Body() credentials: SignInDto,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SessionDto> {
    const { token, expires, account } = await this.signIn.start(credentials, request.ip);
    const grants = await this.roles.heldBy(account.id);
    reply.header('set-cookie', cookieFor(request, token)).header('cache-control', 'no-store');
    const { id, login, displayName } = account;
    return { token, expires, account: id, login, displayName, grants };
  }

  @Get()
  @Access('signed-in')
  @ApiBearerAuth()
  @ApiOperation({ summary: '自分のアカウントと役割' })
  @ApiOkResponse({ type: WhoAmIDto })
  show(@CurrentPrincipal() principal: SignedIn): WhoAmIDto {
    const { account, login, displayName, grants } = principal;
    return { account, login, displayName, grants };
  }

  @Delete()
  @HttpCode(204)
  @Access('signed-in')
  @ApiBearerAuth()
  @ApiOperation({ summary: 'サインアウトする' })
  @ApiNoContentResponse()
  async end(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    const token = presentedToken(request);
    if (token === undefined || !(await this.sessions.end(token.secret))) {
      refuse(
        'conflict',
        'session/api-token',
        'APIトークンはここでは終了できません。「cli token revoke」で無効にしてください。',
      );
    }
    reply.header('set-cookie', endedCookie(request));
  }
}
