import { Inject, Injectable } from '@nestjs/common';

import type { AgreementEvent } from '../agreements/domain/acts.js';
import type { EventStore } from '../event-sourcing/event-store.js';
import { EVENT_STORE } from '../event-sourcing/event-store.token.js';
import type { FacilityEvent } from '../facilities/domain/acts.js';
import { statedIn, type Stated } from '../facilities/domain/attributes.js';
import { isOfAnotherKind, liesElsewhere } from '../facilities/domain/offer.js';
import type { PartyEvent } from '../parties/domain/acts.js';
import { withValue } from './domain/content.js';
import type { RegisterEvent } from './domain/event.js';
import { refuse } from './domain/refusal.js';
import { Timeline } from './domain/timeline.js';
import { readWholeStream } from './read-stream.js';
import type { StreamRef } from './stream-names.js';
import { StreamNames } from './stream-names.js';
import { STREAM_NAMES } from './stream-names.token.js';

/** What is odd about offering a facility, by what its own record says when it is offered. */
export interface OfferWarning {
  readonly code: 'facility-of-another-kind' | 'facility-beyond-border';
  readonly events: readonly string[];
}

interface Offer {
  readonly facility: string;
  readonly provider: string;
}

/** Steps from a provider back to whom it succeeded: longer successions are not walked. */
const FARTHEST = 20;

/** 施設の提供: what is offered belongs to whoever offers it, as far as other streams show it now. */
@Injectable()
export class OfferedFacilities {
  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(STREAM_NAMES) private readonly names: StreamNames,
  ) {}

  /**
   * The provider is the owner, has succeeded it, or is of the same body (its organ, its ward, or the
   * city of that organ). @throws Refusal `facility/not-the-owner`
   */
  async refuseOthers(timeline: Timeline, event: RegisterEvent, field: string): Promise<void> {
    const offer = offerIn(timeline, event);
    if (offer === undefined) return;
    const owner = await this.ownerOf(offer.facility);
    if (owner === undefined || (await this.standsFor(offer.provider, owner))) return;
    const code = 'facility/not-the-owner';
    refuse('conflict', code, 'この施設は、提供する当事者のものではありません。', {
      field: `${field}.data.provider`,
      code,
      read: offer.provider,
      expected: `施設の所管団体 ${owner}、その承継団体、または同じ団体の機関`,
    });
  }

  async warningsOf(
    timeline: Timeline,
    events: readonly RegisterEvent[],
  ): Promise<readonly OfferWarning[]> {
    const found: OfferWarning[] = [];
    for (const event of events) {
      const offer = offerIn(timeline, event);
      if (offer === undefined) continue;
      const about = await this.statedOf(offer.facility);
      const prefecture = await this.prefectureOf(offer.provider);
      const tell = (code: OfferWarning['code']) => found.push({ code, events: [event.id] });
      if (isOfAnotherKind(about, fieldsOf(timeline))) tell('facility-of-another-kind');
      if (liesElsewhere(about, prefecture)) tell('facility-beyond-border');
    }
    return found;
  }

  private async ownerOf(facility: string): Promise<string | undefined> {
    const timeline = await this.timeline<FacilityEvent>({ kind: 'facility', id: facility });
    return timeline.standing('FacilityRegistered')?.data.owner;
  }

  private async statedOf(facility: string): Promise<Stated> {
    const timeline = await this.timeline<FacilityEvent>({ kind: 'facility', id: facility });
    return timeline.acts.reduce<Stated>(
      (known, act) => (act.type === 'FacilityClosed' ? known : { ...known, ...statedIn(act.data) }),
      {},
    );
  }

  private async prefectureOf(party: string): Promise<string | undefined> {
    const timeline = await this.timeline<PartyEvent>({ kind: 'party', id: party });
    return timeline.standing('PartyRegistered')?.data.prefecture;
  }

  private async standsFor(provider: string, owner: string): Promise<boolean> {
    const whole = await this.wholeOf(owner);
    const reached = new Set([provider]);
    for (const party of reached) {
      if (party === owner || party === whole) return true;
      if (reached.size > FARTHEST) return false;
      const timeline = await this.timeline<PartyEvent>({ kind: 'party', id: party });
      const part = timeline.standing('PartyRegistered')?.data.partOf;
      if (part !== undefined) reached.add(part);
      for (const { data } of timeline.all('PartySucceeded')) {
        for (const it of data.predecessors) reached.add(it);
      }
    }
    return false;
  }

  private async wholeOf(party: string): Promise<string | undefined> {
    const timeline = await this.timeline<PartyEvent>({ kind: 'party', id: party });
    return timeline.standing('PartyRegistered')?.data.partOf;
  }

  private async timeline<E extends RegisterEvent>(ref: StreamRef): Promise<Timeline<E>> {
    const { events } = await readWholeStream(this.store, this.names.nameOf(ref));
    return new Timeline<E>(events);
  }
}

/** What is offered by an act, or by an offer once a correction has changed it. */
function offerIn(timeline: Timeline, event: RegisterEvent): Offer | undefined {
  if (event.type === 'FacilityOffered') return event.data as Offer;
  if (event.type !== 'FactCorrected') return undefined;
  const { event: named, fields } = event.data as {
    readonly event: string;
    readonly fields: readonly { readonly field: string; readonly new?: unknown }[];
  };
  const act = timeline.content(named);
  if (act?.type !== 'FacilityOffered') return undefined;
  return fields.reduce((it, { field, new: value }) => withValue(it, field, value), act)
    .data as Offer;
}

function fieldsOf(timeline: Timeline): readonly string[] {
  const { acts } = timeline as Timeline<AgreementEvent>;
  return acts.flatMap((it) =>
    it.type === 'AgreementRegistered' || it.type === 'AgreementDrafted' ? it.data.fields : [],
  );
}
