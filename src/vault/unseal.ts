import { createDecipheriv } from 'node:crypto';

import type { SealedValue } from '../event-sourcing/event-store.js';
import { cipher, commits, nonceBytes, tagBytes } from './seal.js';

/** What the vault holds is not what was sealed: somebody changed ciphertext, key, salt or commitment. */
export class SealedValueAltered extends Error {
  override readonly name = 'SealedValueAltered';
  readonly code = 'vault/altered';

  constructor(readonly commitment: string) {
    super(`保管された非公開の値が書き換えられています（${commitment}）。`);
  }
}

/**
 * Opens a sealed value. The cipher's tag proves the ciphertext, the commitment the text itself: whoever
 * can write the vault can encrypt another text, but cannot make the event's commitment fit it.
 * @throws SealedValueAltered
 */
export function unseal(stored: SealedValue): string {
  const value = decrypted(stored);
  if (value === undefined || !commits(stored.commitment, stored.salt, value)) {
    throw new SealedValueAltered(stored.commitment);
  }
  return value;
}

function decrypted({ commitment, ciphertext, key }: SealedValue): string | undefined {
  const bytes = Buffer.from(ciphertext, 'base64');
  try {
    const decryption = createDecipheriv(
      cipher,
      Buffer.from(key, 'base64'),
      bytes.subarray(0, nonceBytes),
      { authTagLength: tagBytes },
    );
    decryption.setAAD(Buffer.from(commitment, 'hex')).setAuthTag(bytes.subarray(-tagBytes));
    const text = decryption.update(bytes.subarray(nonceBytes, -tagBytes));
    return Buffer.concat([text, decryption.final()]).toString('utf8');
  } catch {
    return undefined;
  }
}
