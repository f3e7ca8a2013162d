import { createHash } from 'node:crypto';

/** SHA-256 of an event's canonical text, in hex. */
export function eventHash(body: string): string {
  return createHash('sha256').update(body, 'utf8').digest('hex');
}

/** What an approver saw: SHA-256 over the hashes (hex) of the entry's events, in their order. */
export function entryDigest(bodies: readonly string[]): string {
  const all = createHash('sha256');
  for (const body of bodies) all.update(eventHash(body), 'utf8');
  return all.digest('hex');
}
