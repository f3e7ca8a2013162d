import type { JsonSchema } from '../../entries/domain/field.js';
import { object, ref, text } from './schema-words.js';

/** What every answer says of itself: the day, the register number, the folds. */
export const stamp = {
  on: { ...text, format: 'date', description: '何日の時点か' },
  known: ref('KnownAt'),
  folds: { type: 'object', description: '答えを作った計算の版' },
  incomplete: { type: 'boolean', description: '読めていない登録があるとき true' },
};

/** An answer with its stamp; what stands in it only sometimes is not required. */
export function answering(properties: Readonly<Record<string, unknown>>): JsonSchema {
  const required = ['on', 'known', 'folds', ...Object.keys(properties)];
  const sometimes = new Set(['next', 'scoped']);
  return object({ ...stamp, ...properties }, ...required.filter((it) => !sometimes.has(it)));
}
