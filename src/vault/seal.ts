import { createCipheriv, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

import type { Sealed } from '../entries/domain/field.js';
import type { SealedValue } from '../event-sourcing/event-store.js';

export const cipher = 'aes-256-gcm';
export const nonceBytes = 12;
export const tagBytes = 16;

/** What an event keeps of a sealed value, and what the vault keeps of it. */
export interface SealedPair {
  readonly sealed: Sealed;
  readonly value: SealedValue;
}

/**
 * Seals a value under a salt and a key of its own, so that destroying these two erases this value and
 * no other. The commitment is bound into the ciphertext: a row moved to another commitment does not open.
 * @throws TypeError for text that UTF-8 cannot hold (a lone surrogate)
 */
export function seal(value: string): SealedPair {
  if (!value.isWellFormed()) throw new TypeError('a lone surrogate cannot be sealed');
  const salt = randomBytes(32);
  const key = randomBytes(32);
  const nonce = randomBytes(nonceBytes);
  const commitment = commitmentTo(value, salt);
  const encryption = createCipheriv(cipher, key, nonce).setAAD(Buffer.from(commitment, 'hex'));
  const encrypted = Buffer.concat([encryption.update(value, 'utf8'), encryption.final()]);
  return {
    sealed: { sealed: commitment },
    value: {
      commitment,
      salt: salt.toString('base64'),
      ciphertext: Buffer.concat([nonce, encrypted, encryption.getAuthTag()]).toString('base64'),
      key: key.toString('base64'),
    },
  };
}

/** Whether a salt and a value make this commitment; takes the same time wherever they differ. */
export function commits(commitment: string, salt: string, value: string): boolean {
  const expected = Buffer.from(commitment, 'hex');
  const found = Buffer.from(commitmentTo(value, Buffer.from(salt, 'base64')), 'hex');
  return expected.length === found.length && timingSafeEqual(expected, found);
}

/** HMAC-SHA256 under the salt over the value's UTF-8, in hex. */
function commitmentTo(value: string, salt: Buffer): string {
  return createHmac('sha256', salt).update(value, 'utf8').digest('hex');
}
