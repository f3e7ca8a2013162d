import { ALWAYS, type Effect } from '../../entries/domain/effect.js';
import type { Numbered, Source } from '../../entries/domain/event.js';
import { partRows, type PartRow } from '../../entries/domain/part-rows.js';
import { readingsOf } from '../../entries/domain/readings.js';
import { placeOf } from '../../entries/domain/told-fact.js';
import { tooManyReadings, unfoldAll, type Part } from '../../entries/domain/unfold.js';
import type { AgreementEvent } from './acts.js';
import { agreementLeaning } from './leaning.js';

type Related = Extract<AgreementEvent, { type: 'AgreementRelated' }>;

/** How a record relates to others, each as stated or as an inference. */
export interface Relations {
  readonly all: readonly ({
    readonly by: string;
    readonly source?: Source;
  } & Related['data'])[];
}

/** `relations`: one row of all days where anything relates the record to another; else none. */
export function relationRows(events: readonly Numbered[]): readonly PartRow[] {
  if (!events.some(({ event }) => event.type === 'AgreementRelated')) return [];
  return partRows(events, (counting) => {
    const readings = readingsOf(events, counting, agreementLeaning);
    if (readings === null) return tooManyReadings([relationsPart]);
    const happenings = readings.map(({ when, acts }) => ({
      when,
      effects: acts.flatMap(({ event }) => relation(event as AgreementEvent)),
    }));
    return happenings.some(({ effects }) => effects.length > 0)
      ? unfoldAll(happenings, [relationsPart])
      : new Map();
  });
}

function relation(event: AgreementEvent): readonly Effect[] {
  if (event.type !== 'AgreementRelated') return [];
  return [
    {
      key: event.id,
      kind: 'relate',
      event,
      range: ALWAYS,
      presumed: [],
      slots: ['relations'],
      follows: () => false,
      commutes: () => true,
    },
  ];
}

const relationsPart: Part<Relations> = {
  key: 'relations',
  slots: ['relations'],
  read: (sequence) => ({
    all: sequence
      .map(({ event }) => event as Related)
      .map(({ id, data, source }) => ({
        by: id,
        ...data,
        ...(source === undefined ? {} : { source: placeOf(source) }),
      }))
      .sort((a, b) => (a.by < b.by ? -1 : 1)),
  }),
};
