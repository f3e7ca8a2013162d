import { readdirSync, readFileSync } from 'node:fs';

import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import {
  canonicalText,
  isCanonicalText,
  serialised,
} from '../../src/event-sourcing/canonical-json.js';
import { UnlawfulJson } from '../../src/event-sourcing/lawful-json.js';

const vectors = new URL('../vectors/jcs/', import.meta.url);
const read = (file: string) => readFileSync(new URL(file, vectors), 'utf8');
const files = readdirSync(new URL('input/', vectors));

describe('the public vectors of RFC 8785', () => {
  test('are all there', () => expect(files).toHaveLength(6));

  test.each(files)('%s is serialised as published', (file) => {
    expect(serialised(JSON.parse(read(`input/${file}`)))).toBe(read(`output/${file}`).trimEnd());
  });

  test.each(['french.json', 'unicode.json'])('%s is a canonical text', (file) => {
    const output = read(`output/${file}`).trimEnd();
    expect(canonicalText(JSON.parse(read(`input/${file}`)))).toBe(output);
    expect(isCanonicalText(output)).toBe(true);
  });

  test.each([
    ['arrays.json', '$[1]: integer-like key'],
    ['structures.json', '$: integer-like key'],
    ['weird.json', '$: integer-like key'],
    ['values.json', '$.numbers[1]: integer beyond'],
  ])('%s holds what the register does not allow', (file, fault) => {
    const value: unknown = JSON.parse(read(`input/${file}`));
    expect(() => canonicalText(value)).toThrow(fault);
    expect(isCanonicalText(read(`output/${file}`).trimEnd())).toBe(false);
  });
});

describe('what an event cannot hold is refused, and its place named', () => {
  const circle: Record<string, unknown> = {};
  circle['self'] = { circle };
  const hole: unknown[] = [];
  hole[1] = 2;
  class Party {}

  test.each([
    ['undefined', { a: undefined }, '$.a'],
    ['undefined in a list', { a: [1, undefined] }, '$.a[1]'],
    ['a hole in a list', { a: hole }, '$.a[0]'],
    ['a BigInt', { a: { b: 1n } }, '$.a.b'],
    ['a function', { a: () => 1 }, '$.a'],
    ['a symbol', { a: Symbol('a') }, '$.a'],
    ['a symbol as key', { [Symbol('a')]: 1 }, '$'],
    ['NaN', { a: Number.NaN }, '$.a'],
    ['infinity', [Number.NEGATIVE_INFINITY], '$[0]'],
    ['an integer beyond 2^53', { n: 2 ** 53 }, '$.n'],
    ['a very large number', { n: 1e30 }, '$.n'],
    ['a Map', { a: new Map([['a', 1]]) }, '$.a'],
    ['a Date', { 'effective on': new Date(0) }, '$["effective on"]'],
    ['an instance of a class', { parties: [{ name: 'x' }, new Party()] }, '$.parties[1]'],
    ['a boxed string', { a: Object('text') as unknown }, '$.a'],
    ['a lone surrogate', { parties: [{ name: '\ud83d' }] }, '$.parties[0].name'],
    ['a lone surrogate in a key', { 'a\udc00': 1 }, '$'],
    ['an integer-like key', { a: { '10': 1 } }, '$.a'],
    ['the key 0', { '0': 1 }, '$'],
    ['a circle', circle, '$.self.circle'],
    ['a list with a named field', { a: Object.assign([1], { more: 2 }) }, '$.a'],
    ['65 levels', nested(65), `$${'.a'.repeat(64)}`],
  ])('%s', (_, value, path) => {
    expect(() => canonicalText(value)).toThrow(UnlawfulJson);
    expect(() => canonicalText(value)).toThrow(expect.objectContaining({ path }));
  });

  test.each([
    ['keys that only begin like integers', { '01': 1, '1a': 1, '-1': 1, '1.5': 1 }],
    ['an object without prototype', Object.assign(Object.create(null) as object, { a: 1 })],
    ['the same object in two places', { a: hole.slice(1), b: hole.slice(1) }],
    ['64 levels', nested(64)],
    ['surrogates in pairs', { name: '𠮷野家 😀' }],
  ])('but not %s', (_, value) => {
    expect(isCanonicalText(canonicalText(value))).toBe(true);
  });
});

describe('for any JSON', () => {
  const key = fc.string({ unit: 'binary' }).filter((it) => !/^(?:0|[1-9]\d*)$/.test(it));
  const number = fc.oneof(
    fc.maxSafeInteger(),
    fc.double({ noNaN: true, noDefaultInfinity: true }).filter((it) => Math.abs(it) < 2 ** 53),
  );
  const { json } = fc.letrec((tie) => ({
    json: fc.oneof(
      { maxDepth: 4 },
      fc.constantFrom(null, true, false),
      number,
      fc.string({ unit: 'binary' }),
      fc.array(tie('json'), { maxLength: 4 }),
      fc.dictionary(key, tie('json'), { maxKeys: 4 }),
    ),
  }));

  test('the canonical text says the same, is canonical, and is the only one', () => {
    fc.assert(
      fc.property(json, (value) => {
        const text = canonicalText(value);
        const plain: unknown = JSON.parse(JSON.stringify(value));
        expect(JSON.parse(text)).toEqual(plain);
        expect(canonicalText(JSON.parse(text))).toBe(text);
        expect(isCanonicalText(text)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  test('a text is canonical exactly when canonicalisation leaves it as it is', () => {
    fc.assert(
      fc.property(
        json,
        fc.nat(),
        fc.constantFrom(' ', '0', '"', '\\', 'a', ','),
        (value, at, put) => {
          const text = canonicalText(value);
          const place = at % (text.length + 1);
          const altered = text.slice(0, place) + put + text.slice(place);
          expect(isCanonicalText(altered)).toBe(isLeftAsItIs(altered));
        },
      ),
      { numRuns: 500 },
    );
  });

  function isLeftAsItIs(text: string): boolean {
    try {
      return canonicalText(JSON.parse(text)) === text;
    } catch {
      return false;
    }
  }
});

test.each([
  ['spaces', '{"a": 1}'],
  ['keys out of order', '{"b":1,"a":2}'],
  ['keys in the order of code points instead of UTF-16', '{"\uffe6":1,"😀":2}'],
  ['a key twice', '{"a":1,"a":1}'],
  ['minus zero', '{"a":-0}'],
  ['an exponent', '{"a":1e2}'],
  ['a needless escape', '{"a":"\\u0061"}'],
  ['an escape in capitals', '{"a":"\\u001F"}'],
  ['an escaped lone surrogate', '{"a":"\\ud800"}'],
  ['a raw lone surrogate', '{"a":"\ud800"}'],
  ['no JSON', '{"a":}'],
  ['nothing', ''],
])('a text with %s is not canonical', (_, text) => {
  expect(isCanonicalText(text)).toBe(false);
});

test('a text that speaks of surrogates is canonical', () => {
  expect(isCanonicalText('{"a":"\\\\ud800"}')).toBe(true);
});

function nested(levels: number): unknown {
  let value: unknown = 1;
  for (let level = 0; level < levels; level += 1) value = { a: value };
  return value;
}
