import { agreementRows } from '../../src/agreements/domain/agreement-parts.js';
import type { PartRow } from '../../src/entries/domain/part-rows.js';
import { actRows } from '../act-rows.js';
import { fieldsAndProviders } from '../agreement-names.js';
import { disclosureRows } from '../disclosure.js';
import { keeperOf, keeperRows } from '../keeper-row.js';
import { ledger } from '../ledger.js';
import { namedRows } from '../named-rows.js';

/** 相互利用と拘束 — who may use whose facilities and who is bound to whom, agreement by agreement. */
export const mutualUse = ledger({
  name: 'mutual-use',
  fold: 2,
  watches: ['agreement'],
  rows: (events, presume) => [
    ...agreementRows(events, presume).map((row) => withKeeper(row, keeperOf(events))),
    ...namedRows(events, fieldsAndProviders),
    ...actRows(events),
    ...disclosureRows(events),
    ...keeperRows(events),
  ],
});

/** What an agreement replaces is a claim where another body keeps it: whoever reads must know who says so. */
export function withKeeper(row: PartRow, keeper: string | undefined): PartRow {
  if (!row.part.startsWith('supersedes:')) return row;
  const contents = row.contents.map(({ content, worlds }) => ({
    content: { ...(content as object), keeper },
    worlds,
  }));
  return { ...row, contents };
}
