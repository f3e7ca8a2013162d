import { applyDecorators } from '@nestjs/common';
import { ApiBody, ApiHeader, ApiOperation, ApiResponse } from '@nestjs/swagger';

import type { JsonSchema } from '../../entries/domain/field.js';
import { commandAnswers, commandHeaders } from './command-answers.js';

/** What OpenAPI says of a command: its body, the headers it reads and every answer it may give. */
export function DocumentCommand(
  summary: string,
  schema: JsonSchema,
  { ifMatch = false }: { readonly ifMatch?: boolean } = {},
) {
  return applyDecorators(
    ApiOperation({ summary }),
    ApiBody({ schema }),
    ...commandHeaders(ifMatch).map((it) => ApiHeader(it)),
    ...commandAnswers().map((it) => ApiResponse(it)),
  );
}
