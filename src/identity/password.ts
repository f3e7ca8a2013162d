import { randomInt } from 'node:crypto';

import { hash, verify } from '@node-rs/argon2';

import { refuse } from '../entries/domain/refusal.js';

const least = 12;
const most = 200;

/** The package's default algorithm is Argon2id; these are the least costs that OWASP recommends for it. */
const costs = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** The hash in PHC form. NFKC: the same keys pressed on two machines may send two forms of one text. */
export function hashPassword(password: string): Promise<string> {
  return hash(password.normalize('NFKC'), costs);
}

/** A hash that fits no password: an unknown login costs what a known one does. */
export const hashOfNobody = hashPassword(oneTimePassword());

export function fitsPassword(stored: string, password: string): Promise<boolean> {
  return verify(stored, password.normalize('NFKC'));
}

/** A password that a person chose, in characters; length is what counts (NIST SP 800-63B). */
export function refuseWeakPassword(password: string, login: string): void {
  const characters = Array.from(password.normalize('NFKC')).length;
  if (characters < least || characters > most) {
    refuse(
      'malformed',
      'password/length',
      `新しいパスワードは${least}文字以上${most}文字以下にしてください。`,
      fault('password/length', `${characters}文字`, `${least}文字以上${most}文字以下`),
    );
  }
  if (password.toLowerCase().includes(login.toLowerCase()) || new Set(password).size < 5) {
    refuse(
      'malformed',
      'password/guessable',
      'ログイン名を含むパスワードや、同じ文字の繰り返しは使えません。',
      fault('password/guessable', '（表示しません）', 'ログイン名を含まず、5種類以上の文字'),
    );
  }
}

/** Twenty characters that are not mistaken for one another in print: 98 bits. */
export function oneTimePassword(): string {
  const alphabet = 'abcdefghjkmnpqrstuvwxyz23456789';
  const group = () =>
    Array.from({ length: 5 }, () => alphabet[randomInt(alphabet.length)]).join('');
  return [group(), group(), group(), group()].join('-');
}

function fault(code: string, read: string, expected: string) {
  return { field: 'newPassword', code, read, expected };
}
