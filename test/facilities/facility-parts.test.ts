import { describe, expect, test } from 'vitest';

import { presumeAll, presumeNone, type Presuming } from '../../src/entries/domain/presumption.js';
import {
  facilityParts,
  type Described,
  type Existence,
} from '../../src/facilities/domain/facility-parts.js';
import { idOf, numbered, StreamBuilder } from '../support/event-builder.js';
import { dayOf } from '../support/history.js';

const owner = idOf('焼津市');
const sha256 = 'a'.repeat(64);

function contents<C>(
  it: StreamBuilder,
  part: string,
  day: string,
  presume: Presuming = presumeAll,
): readonly C[] {
  const at = dayOf(day);
  const segments = facilityParts(numbered(it.events), 'approved', presume).get(part) ?? [];
  const found = segments.find(({ from, to }) => from <= at && at < to);
  return (found?.contents ?? []).map(({ content }) => content as C);
}
const telephones = (it: StreamBuilder, day: string) =>
  contents<Described>(it, 'facility', day).map(({ attributes }) => attributes['telephone']?.value);
const states = (it: StreamBuilder, day: string, presume?: Presuming) =>
  contents<Existence>(it, 'open', day, presume).map(({ state }) => state);

const library = () => new StreamBuilder('facility', '焼津図書館');

describe('what a facility is like', () => {
  test('an event without the newer fields, as the register began, reads as it did', () => {
    const it = library();
    it.act('FacilityRegistered', { owner, name: '焼津図書館', poi: '1512', capacity: 40 });
    const [found] = contents<Described>(it, 'facility', '2020-09-01');
    const { id } = it.events[0]!;
    expect(found).toEqual({
      by: [id],
      owner,
      attributes: {
        name: { value: '焼津図書館', by: id },
        poi: { value: '1512', by: id },
        capacity: { value: 40, by: id },
      },
      rows: {},
    });
  });

  test('each value keeps the cell that it was read from, also after another changed', () => {
    const it = library();
    const first = it.act('FacilityRegistered', {
      owner,
      name: '焼津図書館',
      telephone: '054-1',
      latitude: 34.8,
      accessibility: [{ feature: 'wheelchairAccess', written: '有' }],
      row: { sha256, line: 3 },
      cells: [
        { attribute: 'latitude', column: '緯度', text: '34.80' },
        { attribute: 'telephone', column: '電話番号' },
        { attribute: 'accessibility.wheelchairAccess', column: '車椅子可' },
      ],
    });
    const second = it.act(
      'FacilityChanged',
      {
        telephone: '054-2',
        row: { sha256: 'b'.repeat(64), line: 9 },
        cells: [{ attribute: 'telephone', column: '電話番号' }],
      },
      { effective: '2021-04-01' },
    );
    const [found] = contents<Described>(it, 'facility', '2021-04-01');
    expect(found?.attributes).toEqual({
      name: { value: '焼津図書館', by: first.id },
      latitude: { value: 34.8, by: first.id, column: '緯度', written: '34.80' },
      telephone: { value: '054-2', by: second.id, column: '電話番号' },
      'accessibility.wheelchairAccess': { value: '有', by: first.id, column: '車椅子可' },
    });
    expect(found?.rows[second.id]).toEqual({ sha256: 'b'.repeat(64), line: 9 });
    expect(telephones(it, '2021-03-31')).toEqual(['054-1']);
  });

  test('a change known to a span is open within it', () => {
    const it = library();
    it.act('FacilityRegistered', { owner, name: '焼津図書館', telephone: '1' });
    const effective = { edtf: '[2020-09-02..2021-09-01]' };
    it.act('FacilityChanged', { telephone: '2' }, { effective });
    expect(telephones(it, '2020-09-01')).toEqual(['1']);
    expect(new Set(telephones(it, '2021-01-01'))).toEqual(new Set(['1', '2']));
    expect(telephones(it, '2021-09-01')).toEqual(['2']);
  });

  test('two changes of one day disturb each other only where they say something of the same', () => {
    const it = library();
    it.act('FacilityRegistered', { owner, name: '焼津図書館', telephone: '1' });
    it.act('FacilityChanged', { telephone: '2' }, { effective: '2021-04-01' });
    it.act('FacilityChanged', { kana: 'ヤイヅ' }, { effective: '2021-04-01' });
    expect(contents(it, 'facility', '2021-04-01')).toHaveLength(1);
    it.act('FacilityChanged', { telephone: '3' }, { effective: '2021-04-01' });
    expect(new Set(telephones(it, '2021-04-01'))).toEqual(new Set(['2', '3']));
  });
});

describe('whether it exists', () => {
  test('one of unstated beginning already existed, which is a presumption', () => {
    const it = library();
    it.act('FacilityRegistered', { owner, name: '焼津図書館' });
    const [found] = contents<Existence>(it, 'open', '1990-01-01');
    expect(found).toMatchObject({ state: 'open', presumed: ['existed', 'continues'] });
    expect(new Set(states(it, '1990-01-01', presumeNone))).toEqual(
      new Set(['notOpened', 'unsaid']),
    );
  });

  test('it opens on its day and closes after its last one', () => {
    const it = library();
    it.act('FacilityRegistered', { owner, name: '焼津図書館' }, { effective: '昭和60年4月1日' });
    it.act('FacilityClosed', {}, { effective: '令和3年3月31日' });
    expect(states(it, '1985-03-31')).toEqual(['notOpened']);
    expect(states(it, '1985-04-01')).toEqual(['open']);
    expect(states(it, '2021-03-31')).toEqual(['open']);
    expect(states(it, '2021-04-01')).toEqual(['closed']);
  });

  test('廃止 names the first day without', () => {
    const it = library();
    it.act('FacilityRegistered', { owner, name: '焼津図書館' });
    it.act('FacilityClosed', { wording: 'firstDayWithout' }, { effective: '令和3年4月1日' });
    expect(states(it, '2021-03-31')).toEqual(['open']);
    expect(states(it, '2021-04-01')).toEqual(['closed']);
  });
});
