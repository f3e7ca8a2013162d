import { refuse } from '../entries/domain/refusal.js';
import { TransportRefusal } from './transport-problem.js';

const deepest = 64;

/** Names by which a program reaches prototypes; nothing in this register is called so. */
const unlawfulNames: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

interface Place {
  readonly value: unknown;
  readonly path: string;
  readonly depth: number;
}

/**
 * Refuses what JSON allows and no text or database can hold: lone surrogates, NUL, and more than 64
 * levels. Walks with a stack of its own, since a body may be half a million levels deep.
 */
export function refuseStrangeJson(root: unknown): void {
  const places: Place[] = [{ value: root, path: '', depth: 0 }];
  for (let place = places.pop(); place !== undefined; place = places.pop()) {
    const { value, path, depth } = place;
    if (typeof value === 'string') refuseStrangeText(value, path);
    if (typeof value !== 'object' || value === null) continue;
    if (depth === deepest) tooDeep(path);
    if (Array.isArray(value)) {
      value.forEach((it: unknown, i) => {
        places.push({ value: it, path: `${path}[${i}]`, depth: depth + 1 });
      });
      continue;
    }
    for (const [name, it] of Object.entries(value)) {
      refuseStrangeName(name, path);
      places.push({ value: it, path: path === '' ? name : `${path}.${name}`, depth: depth + 1 });
    }
  }
}

/** @throws Refusal text/lone-surrogate, text/nul */
export function refuseStrangeText(text: string, field: string): void {
  if (!text.isWellFormed()) {
    const read = text.toWellFormed().slice(0, 80);
    const expected = '対になっていないサロゲートを含まない文字列';
    const fault = { field, code: 'text/lone-surrogate', read, expected };
    refuse('malformed', 'text/lone-surrogate', '文字として成り立たない部分があります。', fault);
  }
  if (!text.includes('\0')) return;
  const read = text.replaceAll('\0', '␀').slice(0, 80);
  const fault = { field, code: 'text/nul', read, expected: 'NUL(U+0000)を含まない文字列' };
  refuse('malformed', 'text/nul', 'NUL文字は使えません。', fault);
}

function refuseStrangeName(name: string, path: string): void {
  refuseStrangeText(name, path);
  if (!unlawfulNames.has(name)) return;
  throw new TransportRefusal({
    status: 400,
    code: 'body/not-json',
    detail: `項目の名前に「${name}」は使えません。`,
  });
}

function tooDeep(field: string): never {
  const code = 'body/too-deep';
  const expected = `${deepest}段以下の入れ子`;
  const fault = { field: field.slice(0, 200), code, read: `${deepest}段を超える`, expected };
  return refuse('malformed', code, '入れ子が深すぎます。', fault);
}
