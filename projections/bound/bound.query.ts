import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';

import { agreementGraph } from '../agreement-graph/agreement-graph.ledger.js';
import type { PartiesKnown } from '../kept/parties-known.js';
import { factsOf } from '../obligations/party-facts.js';
import { PartyLinks } from '../obligations/party-links.js';
import { readPartyRows } from '../obligations/party-rows.statement.js';
import { presumedSpans } from '../obligations/presumed-spans.js';
import { parties } from '../parties/parties.ledger.js';
import type { Presume } from '../presume.js';
import type { Occasion, OnKnown } from '../questions.js';
import { ReadModels } from '../read-models.js';
import { sightOf } from '../reader.js';
import { boundAnswer } from './bound.paths.js';
import { readAgreements } from './bound.statement.js';
import type { ActOnRecord } from '../act-rows.js';
import { carriersOf } from './carriers.js';
import type { Asked } from './found-path.js';
import type { ActOf } from './missing.js';
import { search } from './searched.js';
import type { AnswerJson } from '../answers.js';

/**
 * 拘束: does one party owe another something in a field on a day, and why? Directly, through membership
 * on either side, a ward, an organ or a succession. The answer is JSON text.
 */
export class Bound extends Query<AnswerJson> {
  constructor(readonly asked: OnKnown & Asked & { readonly presume?: Presume }) {
    super();
  }
}

/** Answers with the text of a `BoundAnswer`. */
@QueryHandler(Bound)
export class BoundHandler implements IQueryHandler<Bound> {
  constructor(private readonly models: ReadModels) {}

  execute({ asked }: Bound): Promise<AnswerJson> {
    const { from, to, field, reader, presume = 'all' } = asked;
    const key = JSON.stringify(['bound', from, to, field, sightOf(reader), presume]);
    return this.models.questions.text(asked, ['agreement-graph', 'parties'], key, (occasion) =>
      this.answer(asked, presume, occasion),
    );
  }

  private async answer(asked: Asked, presume: Presume, occasion: Occasion) {
    const { state, n, day, incomplete } = occasion;
    const { pool, streams } = this.models;
    const ledgers = { graph: state('agreement-graph'), parties: state('parties') };
    const ofParties = { ledger: parties, kind: 'party', presume } as const;
    const ofAgreements = { ledger: agreementGraph, kind: 'agreement', presume } as const;

    const links = await this.links(asked, presume, occasion);
    const carriers = carriersOf(asked, links);

    const read = await readAgreements(pool, ledgers, asked, carriers, n);
    const agreements = await presumedSpans(streams, ofAgreements, read.agreements, n);
    const coverages = await presumedSpans(streams, ofParties, read.coverages, n);
    const searched = search(asked, { links, carriers, agreements, coverages }, incomplete, day);

    const known = await occasion.parties();
    return boundAnswer(searched, { names: known.names(day), actOf: actOfParty(known) }, day);
  }

  private async links(
    { from, to }: Asked,
    presume: Presume,
    { state, parties: known, n }: Occasion,
  ): Promise<PartyLinks> {
    if (presume === 'all') return (await known()).links;
    const stored = await readPartyRows(this.models.pool, state('parties'), [from, to], n);
    const of = { ledger: parties, kind: 'party', presume } as const;
    const rows = await presumedSpans(this.models.streams, of, stored.rows, n);
    return new PartyLinks(factsOf(rows, stored.openEnded));
  }
}

/** An act of a party's stream, by its event. */
function actOfParty(parties: PartiesKnown): ActOf {
  return (event) => {
    const part = `act:${event}`;
    const [party] = parties.naming(part);
    const [row] = party === undefined ? [] : parties.rows(party, part);
    const [only] = row?.contents ?? [];
    return party === undefined || only === undefined
      ? undefined
      : { in: { party }, act: only.content as ActOnRecord };
  };
}
