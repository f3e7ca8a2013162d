import { createHash, randomBytes } from 'node:crypto';

const prefix = 'musubi_';

/** A bearer token as it is shown once; the prefix lets scanners of leaked secrets find it. */
export function newTokenSecret(): string {
  return `${prefix}${randomBytes(32).toString('base64url')}`;
}

export function isTokenSecret(text: string): boolean {
  return /^musubi_[\w-]{43}$/.test(text);
}

/** What is stored of a token. 256 random bits need no slow hash. */
export function tokenHash(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}
