import { v5 } from 'uuid';

/** Who repeats what under which key: the same three make the same command, and so the same ids. */
export interface CommandKey {
  readonly account: string;
  /** The use case and, for an existing stream, its name. */
  readonly target: string;
  readonly idempotencyKey: string;
}

/** Command id = uuidv5(account, target + idempotency key). */
export function commandId({ account, target, idempotencyKey }: CommandKey): string {
  return v5(`${target}\n${idempotencyKey}`, account);
}

/** Event ids = uuidv5(command id, index). */
export function eventId(command: string, index: number): string {
  return v5(String(index), command);
}

export function entryId(command: string): string {
  return v5('entry', command);
}

/** A new stream's id comes from the command id, so that a repeated opening opens nothing more. */
export function streamId(command: string): string {
  return v5('stream', command);
}
