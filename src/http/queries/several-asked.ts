import { type Fault, quoted, refuse } from '../../entries/domain/refusal.js';
import { fields, type Subject } from '../../agreements/domain/vocabulary.js';

/** Several words of one parameter, apart by commas, each once. */
export function severalOf(text: string): readonly string[] {
  const words = text.split(/[,、，]/u).map((it) => it.trim());
  return [...new Set(words.filter((it) => it !== ''))];
}

/** One or several fields. @throws Refusal request/malformed */
export function fieldsAsked(text: string): readonly Subject[] {
  const asked = severalOf(text);
  const known = fields.filter((it) => asked.includes(it));
  const unknown = asked.filter((it) => !(fields as readonly string[]).includes(it));
  if (unknown.length === 0 && known.length > 0) return known;
  const expected = `次のいずれか、またはコンマで区切ったいくつか: ${fields.join('、')}`;
  const fault: Fault = {
    field: 'field',
    code: 'field/word',
    read: quoted(unknown.join('、')),
    expected,
  };
  return refuse('malformed', 'request/malformed', '入力に誤りがあります。', fault);
}
