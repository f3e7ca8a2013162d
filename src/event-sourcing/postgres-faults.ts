import { DatabaseError } from 'pg';
import { UnexpectedHistory, UnstorableEvent } from './event-store.js';

/**
 * What a failed statement leaves behind, told by SQLSTATE (PostgreSQL, appendix A); messages come in
 * the server's language.
 */
export type PostgresFault =
  /** The connection is gone or the server is going: what was under way may be committed or not. */
  | 'connection-lost'
  /** A unique key is taken; the transaction is rolled back. */
  | 'key-taken'
  /** The server refuses the data itself; rolled back. */
  | 'bad-data'
  /** Rolled back for another reason: lock timeout, full disk, no rights, read only. */
  | 'refused';

// Class 08 connection exception, 57P0x shutdown, crash or termination, 25P03 idle in transaction.
const goneWithTheConnection = /^(?:08...|57P..|25P03|25P04)$/;

export function postgresFault(error: unknown): PostgresFault {
  if (!(error instanceof DatabaseError) || error.code === undefined) return 'connection-lost';
  if (goneWithTheConnection.test(error.code)) return 'connection-lost';
  if (error.code === '23505') return 'key-taken';
  // Class 22 data exception, 23 constraint, 54 program limit.
  return /^(?:22|23|54)/.test(error.code) ? 'bad-data' : 'refused';
}

/** Whether a reader may find it gone later: a lost connection, a server that starts or is full. */
export function mayPass(error: unknown): boolean {
  if (error instanceof DatabaseError) {
    const { code = '' } = error;
    return goneWithTheConnection.test(code) || code.startsWith('53');
  }
  // The driver and the socket throw plain errors; these are faults of a program or of the data.
  const lasting = [UnexpectedHistory, UnstorableEvent, TypeError, RangeError];
  return !lasting.some((kind) => error instanceof kind);
}

/** One line for a person who runs the server. */
export function told(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(told).join('; ');
  if (!(error instanceof Error)) return String(error);
  const code = 'code' in error ? ` (${String(error.code)})` : '';
  return `${error.message}${code}`;
}
