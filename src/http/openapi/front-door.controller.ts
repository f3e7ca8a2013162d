import { Controller, Get, Redirect } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Access } from '../../identity/access.decorator.js';

/** Whoever types the address alone is led to where the questions can be asked. */
@ApiTags('operation')
@Controller()
export class FrontDoorController {
  @Get()
  @Access('public')
  @Redirect('/api/docs', 302)
  @ApiOperation({ summary: 'この説明へ導く' })
  lead(): void {}
}
