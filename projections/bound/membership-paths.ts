import { bonded } from '../../src/agreements/domain/obligation.js';
import type { Through } from '../../src/agreements/domain/details.js';
import {
  allOf,
  finding,
  verdict,
  verdicts,
  type Verdict,
} from '../../src/entries/domain/finding.js';
import { isTooMany } from '../../src/time/possibility.js';
import type { AgreementRecord } from '../agreement-record.js';
import { notReplaced } from '../claimed-elsewhere.js';
import { concerns } from '../concerns.js';
import { bothHold } from '../../src/entries/domain/joined-findings.js';
import type { CouncilRecord } from './council-record.js';
import type { Asked, Found } from './found-path.js';

/**
 * Through one membership: an umbrella in force is said to bind the pair, and both are members of the
 * council that stands in it. Joined across streams, so it may be open but is never wrong.
 */
export function membershipPaths(
  agreement: AgreementRecord,
  councils: ReadonlyMap<string, CouncilRecord>,
  asked: Asked,
): readonly Found[] {
  return councilsNamed(agreement, asked).map((through) => {
    const { from, to, field, reader } = asked;
    const umbrella = finding(
      allOf(
        verdicts(agreement.through, (it) => named(it, through, asked)),
        verdicts(agreement.bond(through), bonded),
        concerns(agreement.outline, field),
      ),
    );
    const council = councils.get(through);
    const members = council?.bothMembers(from, to);
    const inForce = bothHold(umbrella, notReplaced(agreement, reader));
    const parts = ['through', `bond:${through}`, 'outline', `field:${field}`];
    return {
      kind: 'membership',
      agreement,
      through,
      finding: bothHold(inForce, members ?? finding(nothingRecorded)),
      acts: [
        { in: { agreement: agreement.id }, act: (event) => agreement.act(event) },
        { in: { party: through }, act: (event) => council?.act(event) },
      ],
      streams: [agreement.id, through],
      pending: [...agreement.pending(...parts), ...(council?.pending(from, to) ?? [])],
    };
  });
}

/** Every council that any reading of the day names for the pair. */
export function councilsNamed(agreement: AgreementRecord, { from, to }: Asked): readonly string[] {
  const found = agreement.through.flatMap(({ content }) =>
    isTooMany(content)
      ? []
      : content.ways.flatMap((way) =>
          way.pairs.some((it) => it.provider === from && it.beneficiary === to)
            ? [way.through]
            : [],
        ),
  );
  return [...new Set(found)];
}

const nothingRecorded = [{ content: verdict('undetermined', 'nothing-recorded'), worlds: [{}] }];

function named({ ways }: Through, through: string, { from, to }: Asked): Verdict {
  const way = ways.find(
    (it) =>
      it.through === through &&
      it.pairs.some((pair) => pair.provider === from && pair.beneficiary === to),
  );
  return way === undefined ? verdict('no', 'not-begun') : verdict('yes', 'bound-through', [way.by]);
}
