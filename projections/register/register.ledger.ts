import { agreementLeaning } from '../../src/agreements/domain/leaning.js';
import { agreementParts } from '../../src/agreements/domain/agreement-parts.js';
import type { Outline } from '../../src/agreements/domain/outline.js';
import { instrumentKindNames } from '../../src/agreements/domain/vocabulary.js';
import type { Numbered } from '../../src/entries/domain/event.js';
import { partRows, type PartRow } from '../../src/entries/domain/part-rows.js';
import type { Presuming } from '../../src/entries/domain/presumption.js';
import { readingsOf } from '../../src/entries/domain/readings.js';
import { certain, isTooMany, type TooMany } from '../../src/time/possibility.js';
import { fieldsAndParties } from '../agreement-names.js';
import { disclosureRows } from '../disclosure.js';
import { keeperRows } from '../keeper-row.js';
import { ledger } from '../ledger.js';
import { namedRows } from '../named-rows.js';
import { gramsOf } from '../search-key.js';

/** 協定の登録簿 — the list and its search, every event's number, and what is disclosed. */
export const register = ledger({
  name: 'register',
  fold: 1,
  watches: ['agreement'],
  rows: (events, presume) => [
    ...outlineRows(events, presume),
    ...namedRows(events, fieldsAndParties),
    ...disclosureRows(events),
    ...keeperRows(events),
  ],
  searchKey: (row) => (row.part === 'outline' ? gramsOf(textsOf(row)) : undefined),
  numbers: true,
});

function outlineRows(events: readonly Numbered[], presume: Presuming): readonly PartRow[] {
  return partRows(events, (counting) => {
    const readings = readingsOf(events, counting, agreementLeaning);
    if (readings === null) {
      const contents = certain<TooMany>({ tooMany: true });
      return new Map([['outline', [{ from: -Infinity, to: Infinity, contents }]]]);
    }
    const outline = agreementParts(events, counting, presume).get('outline');
    return new Map(outline === undefined ? [] : [['outline', outline]]);
  });
}

function textsOf(row: PartRow): readonly string[] {
  return row.contents.flatMap(({ content }) => {
    if (isTooMany(content as object)) return [];
    const { title, kind, fields, number, unnamed } = content as Outline;
    const named = [title, number, kind && instrumentKindNames[kind]];
    return [...named.filter((it) => it !== undefined), ...fields, ...(unnamed ?? [])];
  });
}
