import type { Offered } from '../../src/agreements/domain/details.js';
import { isTooMany } from '../../src/time/possibility.js';
import type { ActOnRecord } from '../act-rows.js';
import { agreementShown } from '../agreement-shown.js';
import { recordsOf, seen } from '../mutual-use/mutual-use.rows.js';
import type { PartyNames } from '../party-names.js';
import type { Reader } from '../reader.js';
import type { DatedRow } from './facilities.statement.js';
import type { OfferShown } from './facility.answer.js';

/** Parties that offer a facility in one of these agreements. */
export function providersIn(rows: readonly DatedRow[]): readonly string[] {
  const found = rows.flatMap(({ part, contents }) => {
    const act = part.startsWith('act:') ? (contents[0]?.content as ActOnRecord) : undefined;
    return act?.type === 'FacilityOffered' && act.provider !== undefined ? [act.provider] : [];
  });
  return [...new Set(found)];
}

/** Runs of days on which it is or may be offered, in agreements that the reader may see. */
export function offersIn(
  rows: readonly DatedRow[],
  part: string,
  names: PartyNames,
  reader: Reader,
): readonly OfferShown[] {
  return recordsOf(rows)
    .filter((it) => seen(it, reader))
    .flatMap((agreement) =>
      rows
        .filter((it) => it.stream === agreement.id && it.part === part)
        .flatMap(({ contents, from, to, pending }): OfferShown[] => {
          const offers = contents.map(({ content }) => content as Offered);
          const offered = offers.filter((it) => isTooMany(it) || it.state === 'offered');
          if (offered.length === 0 && pending.length === 0) return [];
          const certain = offered.length === offers.length && !offers.some(isTooMany);
          const by = offered.find((it) => !isTooMany(it))?.by[0];
          const provider = by === undefined ? undefined : agreement.act(by)?.provider;
          return [
            {
              agreement: agreementShown(agreement, reader),
              provider: provider === undefined ? null : names.shown(provider),
              from,
              to,
              answer: certain && offers.length > 0 ? 'yes' : 'undetermined',
              pending,
            },
          ];
        }),
    );
}
