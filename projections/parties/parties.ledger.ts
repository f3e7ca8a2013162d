import { partyLeaning } from '../../src/parties/domain/leaning.js';
import { partyRows, type PartyName } from '../../src/parties/domain/party-parts.js';
import type { PartRow } from '../../src/entries/domain/part-rows.js';
import type { RegisterEvent } from '../../src/entries/domain/event.js';
import type { PartyEvent } from '../../src/parties/domain/acts.js';
import { actRows } from '../act-rows.js';
import { ledger } from '../ledger.js';
import { namedRows } from '../named-rows.js';
import { gramsOf } from '../search-key.js';

/** 当事者 — names, codes, members and coverages of every party, day by day. */
export const parties = ledger({
  name: 'parties',
  fold: 3,
  watches: ['party'],
  rows: (events, presume) => [
    ...partyRows(events, presume),
    ...namedRows(events, { leaning: partyLeaning, namesOf: foundBy }),
    ...actRows(events),
  ],
  searchKey: (row) => (row.part === 'name' ? gramsOf(textsOf(row)) : undefined),
});

/** A ward or an organ is found by what it is part of, an open-ended group by being one. */
function foundBy(event: RegisterEvent): readonly string[] {
  const act = event as PartyEvent;
  if (act.type !== 'PartyRegistered') return [];
  const { partOf: whole, openEnded } = act.data;
  return [
    ...(whole === undefined ? [] : [`partOf:${whole}`]),
    ...(openEnded === true ? ['openEnded'] : []),
  ];
}

function textsOf(row: PartRow): readonly string[] {
  return row.contents.flatMap(({ content }) => {
    const { name, kana, code, corporateNumber } = content as PartyName;
    return [name, kana, code, corporateNumber].filter((it) => it !== undefined);
  });
}
