import { agreementRows } from '../../src/agreements/domain/agreement-parts.js';
import type { Outline } from '../../src/agreements/domain/outline.js';
import { instrumentKindNames } from '../../src/agreements/domain/vocabulary.js';
import type { PartRow } from '../../src/entries/domain/part-rows.js';
import { isTooMany } from '../../src/time/possibility.js';
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
    ...agreementRows(events, presume).filter(({ part }) => part === 'outline'),
    ...namedRows(events, fieldsAndParties),
    ...disclosureRows(events),
    ...keeperRows(events),
  ],
  searchKey: (row) => (row.part === 'outline' ? gramsOf(textsOf(row)) : undefined),
  numbers: true,
});

function textsOf(row: PartRow): readonly string[] {
  return row.contents.flatMap(({ content }) => {
    if (isTooMany(content as object)) return [];
    const { title, kind, fields, number, unnamed } = content as Outline;
    const named = [title, number, kind && instrumentKindNames[kind]];
    return [...named.filter((it) => it !== undefined), ...fields, ...(unnamed ?? [])];
  });
}
