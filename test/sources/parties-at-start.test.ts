import { expect, test } from 'vitest';

import { readNationalList } from '../../src/sources/national-list.js';
import { startTestApplication } from '../support/application.js';

interface Detail {
  readonly party: { readonly name: string; readonly code: string };
  readonly successors: readonly { readonly party: { readonly name: string } }[];
}

test('the first start registers the national list before anybody asks, the next one nothing', async () => {
  const it = await startTestApplication('parties_at_start', undefined, { parties: true });
  try {
    const { bodies } = readNationalList();
    let after: string | undefined;
    let listed = 0;
    do {
      const page = after === undefined ? '' : `&after=${after}`;
      const { body } = await it.get<{ parties: unknown[]; next?: string }>(
        `/api/parties?on=2024-01-01&limit=200${page}`,
      );
      listed += body.parties.length;
      after = body.next;
    } while (after !== undefined);
    expect(listed).toBe(bodies.length);

    const ward = encodeURIComponent('浜松市北区');
    const { body } = await it.get<Detail>(`/api/parties/${ward}?on=2023-12-31`);
    expect(body.party).toMatchObject({ name: '北区', code: '221350' });
    const names = body.successors.map(({ party }) => party.name);
    expect(new Set(names)).toEqual(new Set(['中央区', '浜名区']));

    const city = await it.get<{
      parts: { answer: string; party: { name: string } }[];
    }>(`/api/parties/221309?on=2023-12-31`);
    const wards = (answer: string) =>
      city.body.parts.flatMap(({ answer: its, party }) => (its === answer ? [party.name] : []));
    expect(wards('yes')).toHaveLength(7);
    expect(new Set(wards('no'))).toEqual(new Set(['中央区', '浜名区']));

    const head = await it.head();
    const again = await it.another();
    try {
      expect(await it.head()).toBe(head);
    } finally {
      await again.close();
    }
  } finally {
    await it.close();
  }
}, 120_000);
