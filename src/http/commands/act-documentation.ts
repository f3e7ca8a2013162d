import { ApiBody, ApiHeader, ApiOperation, ApiParam, ApiResponse } from '@nestjs/swagger';

import { actEnvelope } from '../../entries/domain/act-envelope.js';
import type { ActType } from '../../entries/domain/act-type.js';
import { type JsonSchema, record } from '../../entries/domain/field.js';
import { type ActRoute } from './act-routes.js';
import { schemaRef } from '../openapi/schema-names.js';
import { commandAnswers, commandHeaders } from '../openapi/command-answers.js';

type Decorate = (prototype: object, name: string, method: PropertyDescriptor) => void;

/** What OpenAPI says of an act's own door: its data and its dates side by side. */
export function documentAct(
  kind: string,
  { act, summary }: ActRoute,
  type: ActType,
): readonly Decorate[] {
  const ofStream = type.opens === true ? [] : [ApiParam({ name: 'id', format: 'uuid' })];
  return [
    ApiOperation({ summary: `${summary} (${act})`, operationId: `${kind}.${act}` }),
    ...ofStream,
    ...commandHeaders().map((it) => ApiHeader(it)),
    ApiBody({ schema: flatSchema(type) }),
    ...commandAnswers().map((it) => ApiResponse(it)),
  ];
}

function flatSchema({ shape, opens }: ActType): JsonSchema {
  const data = record(shape).schema as { properties: object; required: string[] };
  const envelope = record(actEnvelope).schema as { properties: object };
  return {
    type: 'object',
    additionalProperties: false,
    properties: {
      ...envelope.properties,
      paper: { type: 'string', format: 'uuid' },
      ...(opens === true ? { further: { type: 'array', items: schemaRef('Act') } } : {}),
      ...data.properties,
    },
    required: data.required,
  };
}
