import canonicalize from 'canonicalize';
import { deepest, integerLike, refuseUnlawfulJson } from './lawful-json.js';

// The package is CommonJS and exports the function itself; its types describe a default export.
const serialise = canonicalize as unknown as (value: unknown) => string | undefined;

/**
 * The canonical text of an event (RFC 8785): the characters that are hashed and kept.
 * @throws UnlawfulJson, naming the path, where the value is not plain JSON or breaks the register's
 * own rules: no integer-like keys, no integers beyond 2^53 − 1.
 */
export function canonicalText(value: unknown): string {
  refuseUnlawfulJson(value);
  return serialised(value);
}

/** RFC 8785 alone, without the register's rules. The value must be JSON already. */
export function serialised(value: unknown): string {
  const text = serialise(value);
  if (text === undefined) throw new TypeError('there is no JSON for this value');
  return text;
}

/** Whether a text is exactly what `canonicalText` makes of the value that it says. */
export function isCanonicalText(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    // An escaped surrogate, the one fault that JSON.stringify repeats, is left to the slow way.
    if (text.includes('\\ud')) return canonicalText(value) === text;
    // With keys that are sorted and no integers JSON.stringify is RFC 8785, since its numbers and
    // escapes are ECMAScript's. This runs for every append and takes half the time of the package.
    return inOrder(value, 0) && JSON.stringify(value) === text;
  } catch {
    return false;
  }
}

function inOrder(value: unknown, depth: number): boolean {
  if (typeof value === 'number') return Number.isSafeInteger(value) || !Number.isInteger(value);
  if (typeof value !== 'object' || value === null) return true;
  if (depth === deepest) return false;
  if (Array.isArray(value)) return value.every((item) => inOrder(item, depth + 1));
  let before = '';
  for (const [key, field] of Object.entries(value)) {
    if (key < before || integerLike.test(key) || !inOrder(field, depth + 1)) return false;
    before = key;
  }
  return true;
}
