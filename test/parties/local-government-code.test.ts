import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import {
  checkDigitOfCode,
  corporateNumberOfCode,
  faultOfCode,
  faultOfCorporateNumber,
} from '../../src/parties/domain/local-government-code.js';

/** Codes as the ministry publishes them. */
const codes: readonly (readonly [name: string, code: string])[] = [
  ['札幌市', '011002'],
  ['八戸市', '022039'],
  ['さいたま市', '111007'],
  ['千葉市', '121002'],
  ['世田谷区', '131121'],
  ['町田市', '132098'],
  ['横浜市', '141003'],
  ['横浜市鶴見区', '141011'],
  ['川崎市', '141305'],
  ['川崎市川崎区', '141313'],
  ['川崎市幸区', '141321'],
  ['相模原市', '141500'],
  ['横須賀市', '142018'],
  ['鎌倉市', '142042'],
  ['藤沢市', '142051'],
  ['逗子市', '142085'],
  ['大和市', '142131'],
  ['長野市', '202011'],
  ['広陵町', '294268'],
  ['那覇市', '472018'],
];

/** No prefecture has the number 00, so that the sum is never 0. */
const five = fc.stringMatching(/^[1-9][0-9]{4}$/);

describe('全国地方公共団体コード', () => {
  test.each(codes)('of %s is %s, check digit included', (_, code) => {
    expect(faultOfCode(code)).toBeUndefined();
  });

  test('a wrong check digit is named as such, another form as another', () => {
    expect(faultOfCode('141004')).toBe('check-digit');
    expect(faultOfCode('14100')).toBe('form');
    expect(faultOfCode('１４１００３')).toBe('form');
    expect(faultOfCode('1410030')).toBe('form');
  });

  test('one digit mistyped is caught, unless the rest turns from 0 to 10 or back', () => {
    fc.assert(
      fc.property(five, fc.nat(4), fc.integer({ min: 1, max: 8 }), (digits, at, by) => {
        const wrong = changed(digits, at, by);
        const caught = checkDigitOfCode(wrong) !== checkDigitOfCode(digits);
        const blind = new Set([rest(digits), rest(wrong), 0, 10]).size === 2;
        expect(caught).toBe(!blind);
      }),
    );
  });

  test('a sum below 11 is taken from 11 as it is', () => {
    expect(checkDigitOfCode('00001')).toBe(9);
    expect(checkDigitOfCode('00005')).toBe(1);
  });
});

describe('法人番号', () => {
  test('of a municipality follows from its code: 横浜市 is 3000020141003', () => {
    expect(corporateNumberOfCode('141003')).toBe('3000020141003');
    expect(corporateNumberOfCode('130001')).toBe('8000020130001');
  });

  test.each(codes)('of %s, made from %s, is lawful', (_, code) => {
    expect(faultOfCorporateNumber(corporateNumberOfCode(code))).toBeUndefined();
  });

  test('one digit mistyped is caught, 0 for 9 and 9 for 0 apart', () => {
    fc.assert(
      fc.property(fc.constantFrom(...codes), fc.nat(12), fc.nat(9), ([, code], at, digit) => {
        const number = corporateNumberOfCode(code);
        const old = Number(number[at]);
        fc.pre(old % 9 !== digit % 9);
        const wrong = `${number.slice(0, at)}${digit}${number.slice(at + 1)}`;
        expect(faultOfCorporateNumber(wrong)).toBe('check-digit');
      }),
    );
  });

  test('another form is named as such', () => {
    expect(faultOfCorporateNumber('300002014100')).toBe('form');
    expect(faultOfCorporateNumber('3-0000-2014-1003')).toBe('form');
  });
});

function changed(digits: string, at: number, by: number): string {
  const first = at === 0 ? 1 : 0;
  const digit = ((Number(digits[at]) - first + by) % (10 - first)) + first;
  return `${digits.slice(0, at)}${digit}${digits.slice(at + 1)}`;
}

/** The weighted sum modulo 11: 0 and 10 give the same check digit. */
function rest(digits: string): number {
  return Array.from(digits).reduce((sum, digit, i) => sum + Number(digit) * (6 - i), 0) % 11;
}
