import { expect, test } from 'vitest';

import { leavable } from '../../src/event-sourcing/aborting.js';
import { itemsOfPages } from '../../src/event-sourcing/items-of-pages.js';
import { collected } from '../contract/contract-store.js';

function paged(pages: readonly (readonly number[])[]) {
  const seen = { turned: 0, released: false };
  async function* turning() {
    try {
      for (const page of pages) {
        seen.turned += 1;
        yield page;
      }
    } finally {
      seen.released = true;
    }
  }
  return { seen, items: itemsOfPages(leavable(turning)) };
}

test('items come in order over all pages, empty ones too', async () => {
  const { items, seen } = paged([[], [1, 2], [], [], [3], [4, 5, 6], []]);
  expect(await collected(items)).toEqual([1, 2, 3, 4, 5, 6]);
  expect(seen.released).toBe(true);
});

test('a page is turned only when the one before it is used up', async () => {
  const { items, seen } = paged([[1, 2], [3]]);
  await items.next();
  await items.next();
  expect(seen.turned).toBe(1);
  await items.next();
  expect(seen.turned).toBe(2);
});

test('whoever leaves within a page releases the pages and gets nothing more', async () => {
  const { items, seen } = paged([[1, 2, 3], [4]]);
  for await (const item of items) if (item === 2) break;
  expect(seen).toEqual({ turned: 1, released: true });
  expect(await items.next()).toEqual({ done: true, value: undefined });
});

test('a fault of a page reaches the reader after the items before it', async () => {
  async function* failing() {
    yield [1, 2];
    throw new Error('the database went away');
  }
  const read: number[] = [];
  const reading = async () => {
    for await (const item of itemsOfPages(leavable(failing))) read.push(item);
  };
  await expect(reading()).rejects.toThrow('the database went away');
  expect(read).toEqual([1, 2]);
});
