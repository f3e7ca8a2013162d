import { createHash, hash } from 'node:crypto';

import type { RecordedEvent } from '../event-sourcing/event-store.js';

/**
 * The digest of a register: SHA-256, in hex, over one line for each event in the order of n. A line is
 * the canonical JSON (RFC 8785) of `at`, `body` (the SHA-256 of the stored text, in hex), `id`, `n`,
 * `recordedAt`, `revision`, `stream` and `type`, with a line feed behind it. Positions are the store's
 * own and stay out, so that it is the same on every store.
 */
export class RegisterDigest {
  private readonly whole = createHash('sha256');

  add(event: RecordedEvent): void {
    this.whole.update(`${digestLine(event)}\n`, 'utf8');
  }

  /** Ends it: nothing can be added afterwards. */
  hex(): string {
    return this.whole.digest('hex');
  }
}

/** The members stand in canonical order, and their values are such that JSON.stringify is canonical. */
export function digestLine(event: RecordedEvent): string {
  const { at, id, n, recordedAt, revision, stream, type } = event;
  const body = hash('sha256', event.body, 'hex');
  return JSON.stringify({ at, body, id, n, recordedAt, revision, stream, type });
}
