import { expect, test } from 'vitest';

import { ownBytes } from '../../projections/kept/own-bytes.js';

test('a kept buffer keeps nothing but itself', () => {
  for (const text of ['', 'a', '横浜市', '𠮷野家', '協'.repeat(5_000)]) {
    const bytes = ownBytes(text);
    expect(bytes.toString()).toBe(text);
    expect(bytes.buffer.byteLength).toBe(bytes.length);
  }
});
