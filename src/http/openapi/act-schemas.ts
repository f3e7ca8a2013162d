import { actEnvelope, mostActs } from '../../entries/domain/act-envelope.js';
import type { ActType } from '../../entries/domain/act-type.js';
import { actsOf } from '../../entries/domain/catalogue.js';
import { type JsonSchema, record } from '../../entries/domain/field.js';
import { entryKinds } from '../request-fields.js';
import { actSchemaName, actsSchemaName, schemaRef } from './schema-names.js';

/** Acts with doors of their own, since they belong to no entry. */
export const actsApart: ReadonlySet<string> = new Set([
  'EntryApproved',
  'EntryRejected',
  'FactDisputed',
  'DisputeWithdrawn',
]);

/** A schema for every act of every kind of stream, from the shapes by which the acts are read. */
export function actSchemas(): Readonly<Record<string, JsonSchema>> {
  const schemas: Record<string, JsonSchema> = {};
  const all = new Set<string>();
  for (const kind of entryKinds) {
    const names: string[] = [];
    for (const [type, act] of Object.entries(actsOf(kind))) {
      if (actsApart.has(type)) continue;
      const name = actSchemaName(type, kind);
      schemas[name] = actSchema(type, act);
      names.push(name);
      all.add(name);
    }
    schemas[actsSchemaName(kind)] = {
      type: 'array',
      minItems: 1,
      maxItems: mostActs,
      items: { anyOf: names.map(schemaRef) },
    };
  }
  return { ...schemas, Act: { anyOf: [...all].map(schemaRef) } };
}

function actSchema(type: string, { shape }: ActType): JsonSchema {
  const data = record(shape).schema as { required: readonly string[] };
  const envelope = record(actEnvelope).schema as { properties: object };
  return {
    type: 'object',
    additionalProperties: false,
    properties: { type: { type: 'string', enum: [type] }, ...envelope.properties, data },
    required: data.required.length > 0 ? ['type', 'data'] : ['type'],
  };
}
