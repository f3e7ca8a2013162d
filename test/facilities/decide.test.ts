import { describe, expect, test } from 'vitest';

import { decideEntered } from '../../src/entries/domain/decide-entry.js';
import type { RegisterEvent } from '../../src/entries/domain/event.js';
import { Timeline } from '../../src/entries/domain/timeline.js';
import type { FacilityEvent } from '../../src/facilities/domain/acts.js';
import { isOfAnotherKind, liesElsewhere } from '../../src/facilities/domain/offer.js';
import { facilityWarnings } from '../../src/facilities/domain/warnings.js';
import { idOf, numbered, StreamBuilder, type DataOf, type Said } from '../support/event-builder.js';
import { given } from '../support/given.js';

const owner = idOf('焼津市');
const library = () => {
  const it = new StreamBuilder('facility', '焼津図書館');
  it.act('FacilityRegistered', { owner, name: '焼津図書館' }, { effective: '1985-04-01' });
  return it;
};

function entering<T extends FacilityEvent['type']>(type: T, data: DataOf<T>, said: Said = {}) {
  return (it: StreamBuilder) => {
    const before = new Timeline(numbered(it.events));
    const event: RegisterEvent = it.act(type, data, said);
    return decideEntered('facility', before, event, 'acts[0]');
  };
}
const warnings = (it: StreamBuilder) =>
  facilityWarnings(new Timeline<FacilityEvent>(numbered(it.events)).acts).map(({ code }) => code);

test('a facility is closed once', () => {
  const it = library();
  given(it)
    .when(entering('FacilityClosed', {}, { effective: '2021-03-31' }))
    .gives(undefined);
  given(it)
    .when(entering('FacilityClosed', {}, { effective: '2022-03-31' }))
    .refused('facility/already-closed', 'acts[0].type');
});

test('a closing that was retracted leaves it to be closed', () => {
  const it = library();
  it.retract(it.act('FacilityClosed', {}));
  given(it).when(entering('FacilityClosed', {})).gives(undefined);
});

test('a change after the closing is taken with a warning, one before it without', () => {
  const it = library();
  it.act('FacilityClosed', {}, { effective: '2021-03-31' });
  it.act('FacilityChanged', { telephone: '2' }, { effective: '2020-04-01' });
  expect(warnings(it)).toEqual([]);
  given(it)
    .when(entering('FacilityChanged', { telephone: '3' }, { effective: '2021-04-01' }))
    .gives(undefined);
  expect(warnings(it)).toEqual(['facility-changed-after-closing']);
});

test('a closing before the opening is odd, and taken', () => {
  const it = library();
  given(it)
    .when(entering('FacilityClosed', {}, { effective: '1980-03-31' }))
    .gives(undefined);
  expect(warnings(it)).toEqual(['facility-closed-before-opening']);
});

describe('refused is', () => {
  test('a change of nothing', () => {
    given(library())
      .when(entering('FacilityChanged', {}))
      .refused('facility/nothing-changed', 'acts[0].data');
  });

  test('a code with another check digit, and a place beyond the poles', () => {
    given(library())
      .when(entering('FacilityChanged', { code: '222128' }))
      .refused('facility/code', 'acts[0].data.code');
    given(library())
      .when(entering('FacilityChanged', { latitude: 138.3, longitude: 34.8 }))
      .refused('facility/coordinates', 'acts[0].data.latitude');
  });

  test('such a code by way of a correction too', () => {
    const it = library();
    given(it)
      .when((them) => {
        const before = new Timeline(numbered(them.events));
        const correction = them.correct(them.events[0]!, { code: '222128' });
        return decideEntered('facility', before, correction, 'acts[0]');
      })
      .refused('facility/code', 'acts[0].data.code');
  });
});

describe('an offer is odd', () => {
  test('where the facility is of another kind than the agreement is about', () => {
    expect(isOfAnotherKind({ poi: '1110' }, ['図書館'])).toBe(true);
    expect(isOfAnotherKind({ note: '体育施設' }, ['図書館'])).toBe(true);
    expect(isOfAnotherKind({ poi: '1512' }, ['図書館'])).toBe(false);
    expect(isOfAnotherKind({ note: '公民館図書室' }, ['図書館'])).toBe(false);
    expect(isOfAnotherKind({ poi: '1110' }, ['図書館', '公共施設相互利用'])).toBe(false);
    expect(isOfAnotherKind({ name: '中央館' }, ['図書館'])).toBe(false);
  });

  test('where it lies in another prefecture than its provider', () => {
    expect(liesElsewhere({ address: '長野県南牧村1' }, '神奈川県')).toBe(true);
    expect(liesElsewhere({ address: '神奈川県横浜市1' }, '神奈川県')).toBe(false);
    expect(liesElsewhere({ address: '横浜市西区1' }, '神奈川県')).toBe(false);
    expect(liesElsewhere({ address: '長野県南牧村1' }, undefined)).toBe(false);
    expect(liesElsewhere({ 'addressParts.prefecture': '長野県' }, '神奈川県')).toBe(true);
  });
});
