import { createHash } from 'node:crypto';

/** What an approver of a whole list saw: SHA-256 over the digests (hex) of its entries, by line. */
export function listDigest(digests: readonly string[]): string {
  const all = createHash('sha256');
  for (const it of digests) all.update(it, 'utf8');
  return all.digest('hex');
}
