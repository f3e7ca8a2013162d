import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';

import { agreementGraph } from '../agreement-graph/agreement-graph.ledger.js';
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

  private async answer(asked: Asked, presume: Presume, { state, n, day, incomplete }: Occasion) {
    const { pool, streams } = this.models;
    const ledgers = { graph: state('agreement-graph'), parties: state('parties') };
    const ofParties = { ledger: parties, kind: 'party', presume } as const;
    const ofAgreements = { ledger: agreementGraph, kind: 'agreement', presume } as const;

    const stored = await readPartyRows(pool, ledgers.parties, [asked.from, asked.to], n);
    const rows = await presumedSpans(streams, ofParties, stored.rows, n);
    const links = new PartyLinks(rows, stored.openEnded);
    const carriers = carriersOf(asked, links);

    const read = await readAgreements(pool, ledgers, asked, carriers, n);
    const agreements = await presumedSpans(streams, ofAgreements, read.agreements, n);
    const coverages = await presumedSpans(streams, ofParties, read.coverages, n);
    const searched = search(asked, { links, carriers, agreements, coverages }, incomplete, day);

    const details = await readDetails(pool, ledgers.parties, wantedBy(searched, day), n);
    return boundAnswer(searched, details, day);
  }
}
