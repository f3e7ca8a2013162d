import { type DataOf, type Reading, readRecord, type Shape } from '../entries/domain/field.js';
import { refuse } from '../entries/domain/refusal.js';

/**
 * Reads a body or a query string by a shape, as the acts themselves are read.
 * @throws Refusal request/malformed with a fault for each field
 */
export function readRequest<S extends Shape>(shape: S, raw: unknown): DataOf<S> {
  const reading: Reading = { faults: [], seal: sealsNothing };
  const read = readRecord(shape, raw ?? {}, '', reading);
  if (read !== undefined) return read;
  return refuse('malformed', 'request/malformed', '入力に誤りがあります。', ...reading.faults);
}

function sealsNothing(path: string): never {
  throw new TypeError(`${path}: a request's own shape holds no sealed field`);
}
