import type { StreamNames } from '../entries/stream-names.js';

/** The name of the register's own stream, of which there is one: every process must know it beforehand. */
export function registerStream(names: StreamNames): string {
  return names.nameOf({ kind: 'register', id: 'own' });
}
