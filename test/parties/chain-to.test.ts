import { expect, test } from 'vitest';

import { chainTo } from '../../src/parties/chain-to.js';

const asking = (members: Readonly<Record<string, readonly string[]>>) => {
  const asked: string[] = [];
  const next = (party: string) => {
    asked.push(party);
    return Promise.resolve(members[party] ?? []);
  };
  return { next, asked };
};

test('the shortest chain is found, both ends included', async () => {
  const { next } = asking({ 甲: ['乙', '丙'], 乙: ['丁'], 丁: ['戊'], 丙: ['戊'] });
  expect(await chainTo('甲', '戊', next, 10)).toEqual(['甲', '丙', '戊']);
  expect(await chainTo('甲', '甲', next, 10)).toEqual(['甲']);
});

test('a circle that does not lead to the goal ends, each party asked once', async () => {
  const { next, asked } = asking({ 甲: ['乙'], 乙: ['丙'], 丙: ['甲', '丙'] });
  expect(await chainTo('甲', '丁', next, 10)).toBeUndefined();
  expect(asked).toEqual(['甲', '乙', '丙']);
});

test('no more parties are asked than the bound allows', async () => {
  const asked: string[] = [];
  const next = (party: string) => {
    asked.push(party);
    return Promise.resolve([`${party}+`]);
  };
  expect(await chainTo('甲', '乙', next, 7)).toBeUndefined();
  expect(asked).toHaveLength(7);
});
