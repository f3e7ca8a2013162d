import { fault, open, record, type Unmarked } from '../entries/domain/field.js';
import { word } from '../entries/domain/field-kinds.js';
import { refuse } from '../entries/domain/refusal.js';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export function isId(text: string): boolean {
  return UUID.test(text);
}

/** An id of the register's own making. */
export function uuid(code: string, expected: string): Unmarked<string> {
  return {
    kind: 'text',
    schema: { type: 'string', format: 'uuid', description: expected },
    read: (raw, path, reading) =>
      typeof raw === 'string' && isId(raw) ? raw : fault(reading, path, code, raw, expected),
  };
}

/** Streams that entries are made on. Grants, keys and moves of the register have doors of their own. */
export const entryKinds = ['agreement', 'party', 'facility', 'proposal'] as const;

export const streamRef = record({
  kind: open(word(...entryKinds)),
  id: open(uuid('stream/id', '協定、当事者、施設または提案のid(小文字のUUID)')),
});

/** An id in a path. @throws Refusal `<what>/unknown` for text that can be none */
export function idInPath(raw: string, what: string): string {
  if (isId(raw)) return raw;
  const code = `${what}/unknown`;
  return refuse('unknown', code, 'そのidのものはありません。', {
    field: what,
    code,
    read: raw.slice(0, 80),
    expected: '小文字のUUID',
  });
}
