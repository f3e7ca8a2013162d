import { chainsFrom, carrierOf, type Chain } from '../../src/obligations/domain/chain.js';
import { pendingOn } from '../../src/obligations/domain/support.js';
import { at } from '../../src/time/segments.js';
import type { AgreementFacts } from '../bound/agreement-facts.js';
import { agreementsOf } from '../bound/agreements-of.js';
import type { Found, Way } from '../bound/found-path.js';
import { answerOn, waits } from '../bound/weighing.js';
import { waysOf } from '../bound/ways.js';
import type { Incomplete } from '../incomplete.js';
import { tellsParties } from '../bound/searched.js';
import type { PartyLinks } from '../obligations/party-links.js';
import type { SpanRow } from '../obligations/span.js';
import { subjectOf } from '../record-row.js';
import type { Among, AmongRead } from './among.statement.js';
import { decidesOn, foundOn } from './found-on-day.js';
import type { How, MatrixCell } from './matrix.answer.js';

/** What was read for some parties, ready to be asked pair by pair. */
export class Loaded {
  readonly agreements: readonly AgreementFacts[];
  /** The same as they are on the day alone: cheaper, and enough where something holds. */
  private readonly onDay: ReadonlyMap<string, AgreementFacts>;
  private readonly chains: ReadonlyMap<string, Carried>;
  private readonly byField = new Map<string, readonly AgreementFacts[]>();
  private readonly visible = new Map<string, boolean>();

  constructor(
    private readonly among: Among,
    private readonly links: PartyLinks,
    private readonly read: AmongRead,
    private readonly at: { readonly day: number; readonly incomplete: Incomplete },
  ) {
    this.agreements = agreementsOf(read.agreements);
    const today = read.agreements.filter((it) => it.from <= at.day && at.day < it.to);
    const ever = today.map((it) => ({ ...it, from: -Infinity, to: Infinity }));
    this.onDay = new Map(agreementsOf(ever).map((it) => [it.id, it]));
    this.chains = new Map(among.parties.map((it) => [it, carried(it, links)]));
    for (const field of among.fields) {
      const about = new Set(
        read.agreements.filter((it) => it.part === `field:${field}`).map((it) => it.stream),
      );
      this.byField.set(
        field,
        this.agreements.filter((it) => about.has(it.id)),
      );
    }
    for (const it of this.agreements) {
      this.visible.set(it.id, tellsParties(it.record(this.at.day), among.reader));
    }
  }

  sees(agreement: string): boolean {
    return this.visible.get(agreement) === true;
  }

  /** Whether one owes the other in a field on the day, by the same weighing as `GET /api/bound`. */
  cell(from: string, to: string, field: string): MatrixCell {
    const { links, among } = this;
    const { day, incomplete } = this.at;
    const asked = { from, to, field, reader: among.reader };
    const [mine, theirs] = [this.chainsOf(from), this.chainsOf(to)];
    const cut = mine.cut || theirs.cut;
    const carriers = { from: mine.by, to: theirs.by, cut };
    const between = (this.byField.get(field) ?? []).filter((it) => stand(it, mine, theirs));
    const sees = (it: string) => this.sees(it);
    const quick = waysOf(
      asked,
      carriers,
      links,
      between.flatMap(({ id }) => this.onDay.get(id) ?? []),
    );
    const enough = decidesOn(quick.found, incomplete, day, sees);
    const ways = enough ? quick : waysOf(asked, carriers, links, between);
    const found = foundOn(ways.found, incomplete, day, sees);
    const visible = found.filter((it) => this.sees(it.agreement.id));
    const coverages = this.coveragesOf(from, to, field);
    const weighing = { asked, links, incomplete, coverages, cut: ways.cut };
    const finding = answerOn(weighing, found, visible, day);
    const deciding = visible.filter((it) => at(it.days, day).answer === finding.answer);
    const waiting = ways.found.filter((it) => waits(it) && this.sees(it.agreement.id));
    return {
      from,
      to,
      field,
      answer: finding.answer,
      how: [...new Set(deciding.flatMap(howOf))].sort(),
      agreements: [...new Set(deciding.map((it) => it.agreement.id))].sort(),
      reasons: finding.reasons,
      presumed: finding.presumed,
      pending: pendingOf([...visible, ...waiting], day),
    };
  }

  private coveragesOf(from: string, to: string, field: string): readonly SpanRow[] {
    return this.read.coverages.filter(
      (it) => subjectOf(it.part) === field && (it.stream === from || it.stream === to),
    );
  }

  private chainsOf(party: string): Carried {
    return this.chains.get(party) ?? carried(party, this.links);
  }
}

interface Carried {
  readonly by: ReadonlyMap<string, readonly Chain[]>;
  readonly cut: boolean;
}

function carried(party: string, links: PartyLinks): Carried {
  const { found, cut } = chainsFrom(party, links);
  const by = new Map<string, Chain[]>();
  for (const it of found) by.set(carrierOf(it), [...(by.get(carrierOf(it)) ?? []), it]);
  return { by, cut };
}

/** Whether both may stand in the agreement, or an umbrella of it names somebody. */
function stand(agreement: AgreementFacts, mine: Carried, theirs: Carried): boolean {
  if (agreement.ways.length > 0) return true;
  return agreement.bondedOf(mine.by).length > 0 && agreement.bondedOf(theirs.by).length > 0;
}

const words: Readonly<Record<string, How>> = {
  member: 'council',
  ward: 'ward',
  organ: 'organ',
  whole: 'city',
  succession: 'succession',
};

/** In which way a path leads; one without links is a paper of their own. */
export function howOf({ chains, through }: Way): readonly How[] {
  const kinds = [...chains.from.links, ...chains.to.links].flatMap(({ kind }) => words[kind] ?? []);
  const umbrella: readonly How[] = through === undefined ? [] : ['council'];
  const all = [...kinds, ...umbrella];
  return all.length === 0 ? ['direct'] : all;
}

function pendingOf(ways: readonly (Way | Found)[], day: number): readonly string[] {
  return [...new Set(ways.flatMap((it) => pendingOn(it.supports, day)))];
}
