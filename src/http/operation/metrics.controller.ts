import { Controller, Get, Res } from '@nestjs/common';
import { ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';

import { Access } from '../../identity/access.decorator.js';
import { Metrics } from './metrics.js';

/** Counts and times alone, by route and ledger: no id and no name ever stands in a label. */
@ApiTags('operation')
@Controller('metrics')
export class MetricsController {
  constructor(private readonly metrics: Metrics) {}

  @Get()
  @Access('public')
  @ApiOperation({ summary: 'Prometheus 形式の数値' })
  @ApiProduces('text/plain')
  async show(@Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    const text = await this.metrics.text();
    reply.header('content-type', this.metrics.contentType).header('cache-control', 'no-store');
    return text;
  }
}
