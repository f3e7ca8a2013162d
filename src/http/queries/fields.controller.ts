import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';

import { fields } from '../../agreements/domain/vocabulary.js';
import { Access } from '../../identity/access.decorator.js';

/** 分野: the words that `field` takes. */
@ApiTags('questions')
@Controller('api/fields')
export class FieldsController {
  @Get()
  @Access('public')
  @ApiOperation({ summary: '分野の一覧' })
  @ApiOkResponse({
    schema: {
      type: 'object',
      properties: { fields: { type: 'array', items: { type: 'string', enum: [...fields] } } },
    },
  })
  list() {
    return { fields };
  }
}
