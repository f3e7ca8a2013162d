import type { JsonSchema } from '../../entries/domain/field.js';

export const text = { type: 'string' };
export const nullable = (schema: JsonSchema) => ({ ...schema, nullable: true });
export const id = { type: 'string', format: 'uuid' };
export const number = { type: 'integer' };
export const list = (items: JsonSchema) => ({ type: 'array', items });
export const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
export const object = (
  properties: Readonly<Record<string, unknown>>,
  ...required: readonly string[]
) => ({
  type: 'object',
  properties,
  required: required.length > 0 ? required : Object.keys(properties),
});

export const answer = {
  type: 'string',
  enum: ['yes', 'no', 'undetermined'],
  description: 'yes: はい、no: いいえ、undetermined: 登録された事実からは決まらない',
};
export const codes = list({
  ...text,
  description: '推定の種類。effect-on-conclusion、continues など',
});
export const pending = list({ ...id, description: '承認されれば答えを変える登録票' });
