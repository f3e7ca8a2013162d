import { actEnvelope } from '../../entries/domain/act-envelope.js';
import { commonActs } from '../../entries/domain/common-acts.js';
import { type JsonSchema, record, type Shape } from '../../entries/domain/field.js';
import { actsSchemaName, schemaRef } from '../openapi/schema-names.js';
import { entryKinds } from '../request-fields.js';
import { disputeBody, entryBody, judgementBody, withdrawalBody } from './command-bodies.js';

const { authority, source, reason } = propertiesOf(actEnvelope);
const { fields } = propertiesOf(commonActs.FactDisputed.shape);

/** A body's schema for OpenAPI, with what the act's own shapes say of the parts that they read. */
export const entrySchema = schemaOf(entryBody, {
  acts: { anyOf: entryKinds.map((it) => schemaRef(actsSchemaName(it))) },
  authority,
  source,
  reason,
});
export const judgementSchema = schemaOf(judgementBody, {});
export const disputeSchema = schemaOf(disputeBody, { fields, reason, source });
export const withdrawalSchema = schemaOf(withdrawalBody, {});

function schemaOf(shape: Shape, known: Readonly<Record<string, unknown>>): JsonSchema {
  const schema = record(shape).schema as { readonly properties: object };
  return { ...schema, properties: { ...schema.properties, ...known } };
}

function propertiesOf(shape: Shape): Readonly<Record<string, unknown>> {
  return (record(shape).schema as { readonly properties: Record<string, unknown> }).properties;
}
