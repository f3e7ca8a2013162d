import { Controller, Get, Res } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';

import { Access } from '../../identity/access.decorator.js';
import { type Readiness, ReadinessCheck } from './readiness.js';

/** For whoever keeps the process running. It tells numbers, never what is registered. */
@ApiTags('operation')
@Controller('health')
export class HealthController {
  constructor(private readonly readiness: ReadinessCheck) {}

  @Get('live')
  @Access('public')
  @ApiOperation({ summary: 'プロセスが動いているか' })
  @ApiResponse({ status: 200, description: '動いている' })
  live(@Res({ passthrough: true }) reply: FastifyReply) {
    reply.header('cache-control', 'no-store');
    return { status: 'live' };
  }

  @Get('ready')
  @Access('public')
  @ApiOperation({ summary: '保存先と台帳が使えるか。台帳の遅れと、待っている登録の数' })
  @ApiResponse({ status: 200, description: '答えられる(degraded なら一部の登録を除く)' })
  @ApiResponse({ status: 503, description: '答えられない' })
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<Readiness> {
    const found = await this.readiness.now();
    reply.status(found.status === 'not-ready' ? 503 : 200).header('cache-control', 'no-store');
    return found;
  }
}
