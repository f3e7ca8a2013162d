import { agreementGraph } from '../../projections/agreement-graph/agreement-graph.ledger.js';
import type { Period } from '../../projections/bound/bound.answer.js';
import { boundAnswer } from '../../projections/bound/bound.paths.js';
import { carriersOf } from '../../projections/bound/carriers.js';
import { search } from '../../projections/bound/searched.js';
import { Incomplete } from '../../projections/incomplete.js';
import type { Ledger } from '../../projections/ledger.js';
import { factsOf } from '../../projections/obligations/party-facts.js';
import { PartyLinks } from '../../projections/obligations/party-links.js';
import type { SpanRow } from '../../projections/obligations/span.js';
import { PartyNames } from '../../projections/party-names.js';
import { parties } from '../../projections/parties/parties.ledger.js';
import { presumeAll } from '../../src/entries/domain/presumption.js';
import { thePublic } from '../../src/identity/principal.js';
import { idOf, numbered } from '../support/event-builder.js';
import { dayOf } from '../support/history.js';
import { field, grid, streamsOf, type Graph } from './obligation-graphs.js';

const whole = new Incomplete(new Map(), [], 0);

/** What the register says of a pair on every day. */
export interface Told {
  readonly periods: readonly Period[];
  /** Kind and periods of every path, in an order of their own. */
  readonly paths: readonly string[];
}

/** The register's answers from rows folded here, all of them before its eyes. */
export function told(graph: Graph): (from: string, to: string) => Told {
  const streams = streamsOf(graph);
  const rowsOf = (ledger: Ledger, kind: string) =>
    streams
      .filter((it) => it.kind === kind)
      .flatMap((it) =>
        ledger
          .rows(numbered(it.events), presumeAll)
          .map((row): SpanRow => ({ ...row, stream: it.stream.slice(-36), holds: true })),
      );
  const ofParties = rowsOf(parties, 'party');
  const openEnded = ofParties.filter((it) => it.part === 'openEnded').map((it) => it.stream);
  const links = new PartyLinks(factsOf(ofParties, openEnded));
  // Only periods and paths are looked at.
  const details = { names: PartyNames.of([]), actOf: () => undefined };
  const agreements = rowsOf(agreementGraph, 'agreement');
  return (from, to) => {
    const question = { from: idOf(from), to: idOf(to), field, reader: thePublic };
    const carriers = carriersOf(question, links);
    const read = { links, carriers, agreements, coverages: [] };
    const given = boundAnswer(search(question, read, whole, 0), details, dayOf(grid[3]!));
    return {
      periods: given.periods,
      paths: pathsTold(given.paths),
    };
  };
}

export function pathsTold(
  paths: readonly { readonly kind: string; readonly periods: readonly Period[] }[],
): readonly string[] {
  return paths.map((it) => `${it.kind} ${JSON.stringify(it.periods)}`).sort();
}

/** The one answer that the periods give for a day. */
export function answerOn(periods: readonly Period[], day: number): string {
  const holding = periods.filter(
    ({ from, to }) => (from === null || dayOf(from) <= day) && (to === null || day < dayOf(to)),
  );
  if (holding.length !== 1) throw new Error(`${holding.length} periods hold on one day`);
  return holding[0]!.answer;
}
