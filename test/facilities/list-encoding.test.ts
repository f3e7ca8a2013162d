import { describe, expect, test } from 'vitest';

import { decode, offsetOfFault } from '../../src/facilities/list/encoding.js';
import {
  check,
  csvText,
  inCp932,
  inOlderForm,
  olderColumns,
  olderLibrary,
  recordIn,
  table,
  yaizu,
} from './list-file.js';

describe('CP932', () => {
  test.each([
    ['81 60', '～', 'the wave dash of CP932 is the full-width tilde'],
    ['81 7c', '－', 'its minus the full-width hyphen'],
    ['81 5c', '―', 'its dash the horizontal bar'],
    ['fb fc', '髙', 'an IBM extension'],
    ['fa b1', '﨑', 'an IBM extension'],
    ['ee e0', '髙', 'the same, as NEC selected it'],
    ['ed 95', '﨑', 'the same, as NEC selected it'],
    ['87 40', '①', 'an NEC row 13'],
    ['87 8a', '㈱', 'an NEC row 13'],
    ['b1', 'ｱ', 'a half-width kana'],
    ['5c 7e', '\\~', 'a backslash and a tilde, not ¥ and ‾'],
    ['1a 1c 7f', '\u001a\u001c\u007f', 'controls stay themselves'],
  ])('%s is %s: %s', (hex, text) => {
    const bytes = Buffer.from(hex.replaceAll(' ', ''), 'hex');
    expect(decode(bytes, 'cp932')).toBe(text);
    expect(offsetOfFault(bytes, 'cp932')).toBeUndefined();
  });

  test.each([
    ['41 81', 1],
    ['88 9f 81 ad 41', 2],
    ['b1 ff', 1],
    ['e0 40 a0', 2],
  ])('%s has no character at byte %i', (hex, at) => {
    expect(offsetOfFault(Buffer.from(hex.replaceAll(' ', ''), 'hex'), 'cp932')).toBe(at);
  });

  test('keeps the names that only it has, to the letter', () => {
    const said = { 名称: '髙﨑記念館①', 説明: '9:00～17:00－―' };
    const bytes = inCp932(csvText(table(olderColumns, [olderLibrary(said)])));
    const { name, description } = recordIn(check(bytes, yaizu).rows[0]);
    expect([name.text, description?.text]).toEqual(['髙﨑記念館①', '9:00～17:00－―']);
  });

  test('written by a program that knows no −, 〜 and — has lost them to ?, and warns', () => {
    const said = {
      住所: '静岡県焼津市三ケ名1550−2',
      利用可能日時特記事項: '9:00〜17:00',
      備考: '本館—別館',
    };
    const { rows } = check(inCp932(csvText(table(olderColumns, [olderLibrary(said)]))), yaizu);
    expect(rows[0]).toMatchObject({
      verdict: 'taken-with-warnings',
      record: { address: { text: '静岡県焼津市三ケ名1550?2' } },
      findings: ['住所', '利用可能日時特記事項', '備考'].map((column) => ({
        code: 'cell/lost-character',
        column,
      })),
    });
  });
});

describe('a byte that is no character', () => {
  const spoil = (bytes: Buffer, after: string, by: readonly number[]) => {
    const at = bytes.indexOf(after) + Buffer.byteLength(after);
    return {
      at,
      bytes: Buffer.concat([bytes.subarray(0, at), Buffer.from(by), bytes.subarray(at)]),
    };
  };

  test('refuses its row and no other, and its place is named, in UTF-8', () => {
    const good = inOlderForm(olderLibrary(), olderLibrary({ NO: '2', 名称: '大井川図書館' }));
    const { at, bytes } = spoil(good, '焼津図', [0xff]);
    const { rows } = check(bytes, yaizu);
    expect(rows.map((it) => it.verdict)).toEqual(['refused', 'taken']);
    expect(rows[0]?.findings).toMatchObject([
      { code: 'cell/no-character', column: '名称', byte: at, read: '焼津図\ufffd書館' },
    ]);
  });

  test('and in CP932, where half a character stands before a comma', () => {
    const good = csvText(
      table(olderColumns, [olderLibrary(), olderLibrary({ NO: '2', 名称: 'x' })]),
    );
    const name = inCp932('焼津図書館');
    const whole = inCp932(good);
    const at = whole.indexOf(name) + name.length;
    const bytes = Buffer.concat([whole.subarray(0, at), Buffer.from([0x81]), whole.subarray(at)]);
    const { rows } = check(bytes, yaizu);
    expect(rows.map((it) => it.verdict)).toEqual(['refused', 'taken']);
    expect(rows[0]?.findings).toMatchObject([{ code: 'cell/no-character', byte: at }]);
  });
});
