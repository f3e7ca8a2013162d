import { expect, test } from 'vitest';

import { Refusal } from '../../src/entries/domain/refusal.js';
import {
  fitsPassword,
  hashPassword,
  oneTimePassword,
  refuseWeakPassword,
} from '../../src/identity/password.js';

function refusalOf(password: string, login = 'aoki'): string | undefined {
  try {
    refuseWeakPassword(password, login);
    return undefined;
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
}

test('a password is kept as argon2id, differently each time', async () => {
  const [one, other] = [await hashPassword('correct horse'), await hashPassword('correct horse')];
  expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  expect(one).not.toBe(other);
  expect(await fitsPassword(one, 'correct horse')).toBe(true);
  expect(await fitsPassword(one, 'correct horsf')).toBe(false);
});

test('the same text in another form of Unicode is the same password', async () => {
  expect('ガギグゲゴの歌'.normalize('NFD')).not.toBe('ガギグゲゴの歌');
  const decomposed = 'ガギグゲゴの歌'.normalize('NFD');
  expect(await fitsPassword(await hashPassword(decomposed), 'ガギグゲゴの歌')).toBe(true);
});

test('twelve characters are enough, eleven are not; characters, not bytes or halves', () => {
  expect(refusalOf('あいうえおかきくけこさし')).toBeUndefined();
  expect(refusalOf('あいうえおかきくけこさ')).toBe('password/length');
  expect(refusalOf('𠮷𠮟𡈽𡌛𡑮𡢽')).toBe('password/length');
  expect(refusalOf(`${'abcde'.repeat(40)}f`)).toBe('password/length');
});

test('a repetition, and one with the login in it, are refused', () => {
  expect(refusalOf('abcdabcdabcd')).toBe('password/guessable');
  expect(refusalOf('I am AOKI, hello')).toBe('password/guessable');
});

test('no refusal repeats the password', () => {
  for (const password of ['abcdabcdabcd', 'short']) {
    try {
      refuseWeakPassword(password, 'aoki');
      expect.unreachable();
    } catch (error) {
      const refusal = error as Refusal;
      expect(JSON.stringify([refusal.message, refusal.faults])).not.toContain(password);
    }
  }
});

test('one-time passwords are never the same and hold no character that is misread', () => {
  const many = Array.from({ length: 500 }, oneTimePassword);
  expect(new Set(many).size).toBe(500);
  expect(many.filter((it) => !/^([a-hj-km-np-z2-9]{5}-){3}[a-hj-km-np-z2-9]{5}$/.test(it))).toEqual(
    [],
  );
});
