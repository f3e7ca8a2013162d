import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';

import { agreementGraph } from '../agreement-graph/agreement-graph.ledger.js';
import { factsOf } from '../obligations/party-facts.js';
import { PartyLinks } from '../obligations/party-links.js';
import { readPartyRows } from '../obligations/party-rows.statement.js';
import { presumedSpans } from '../obligations/presumed-spans.js';
import { parties } from '../parties/parties.ledger.js';
import type { Presume } from '../presume.js';
import type { Occasion, OnKnown } from '../questions.js';
import { ReadModels } from '../read-models.js';
import { sightOf } from '../reader.js';
import { boundAnswer, wantedBy } from './bound.paths.js';
import { readAgreements, readDetails } from './bound.statement.js';
import { carriersOf } from './carriers.js';
import type { Asked } from './found-path.js';
import { search } from './searched.js';

/**
 * 拘束: does one party owe another something in a field on a day, and why? Directly, through membership
 * on either side, a ward, an organ or a succession. The answer is JSON text.
 */
export class Bound extends Query<string> {
  constructor(readonly asked: OnKnown & Asked & { readonly presume?: Presume }) {
    super();
  }
}

/** Answers with the text of a `BoundAnswer`. */
@QueryHandler(Bound)
export class BoundHandler implements IQueryHandler<Bound> {
  constructor(private readonly models: ReadModels) {}

  execute({ asked }: Bound): Promise<string> {
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

    const details = await readDetails(pool, ledgers.parties, wantedBy(searched, day), n);
    return boundAnswer(searched, details, day);
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
