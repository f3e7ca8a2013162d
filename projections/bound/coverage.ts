import { verdict } from '../../src/entries/domain/finding.js';
import type { Support } from '../../src/obligations/domain/support.js';
import type { Covered } from '../../src/parties/domain/party-parts.js';
import { support } from '../obligations/party-links.js';
import { byPart, spoken, type SpanRow } from '../obligations/span.js';

/**
 * Statements that a list of the field is whole (domain § 2 "Coverage"): where nothing is on record, a
 * no on the days they state, and open on any other.
 */
export function coverageOf(rows: readonly SpanRow[]): readonly Support[] {
  return [...byPart(rows).values()].map((mine) =>
    support<Covered>(mine[0]?.stream ?? '', spoken(mine), ({ by }) =>
      by.length > 0
        ? verdict('no', 'not-under-coverage', by)
        : verdict('undetermined', 'nothing-recorded'),
    ),
  );
}
