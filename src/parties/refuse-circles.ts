import { Inject, Injectable } from '@nestjs/common';

import type { RegisterEvent } from '../entries/domain/event.js';
import { refuse } from '../entries/domain/refusal.js';
import { Timeline } from '../entries/domain/timeline.js';
import { readWholeStream } from '../entries/read-stream.js';
import { StreamNames } from '../entries/stream-names.js';
import { STREAM_NAMES } from '../entries/stream-names.token.js';
import type { EventStore } from '../event-sourcing/event-store.js';
import { EVENT_STORE } from '../event-sourcing/event-store.token.js';
import { chainTo } from './chain-to.js';
import type { PartyEvent } from './domain/acts.js';
import { formerSelvesOf, membersOf, nameOf } from './domain/party-links.js';

/** Streams that one command reads at most to find a circle. */
const MOST_READ = 500;

/**
 * What only other parties' streams tell: a circle of councils, a succession to an older self. It is
 * refused where it is seen; what two commands make at once, or what lies beyond the bound, is stored,
 * and whoever walks along memberships and successions bears it.
 */
@Injectable()
export class RefuseCircles {
  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(STREAM_NAMES) private readonly names: StreamNames,
  ) {}

  /**
   * @param act as it would stand: entered, or corrected
   * @throws Refusal party/own-member, party/membership-circle, party/older-self, naming the chain
   */
  async inAct(act: RegisterEvent, own: string, field: string): Promise<void> {
    const event = act as PartyEvent;
    const seen = new Map<string, Promise<Timeline<PartyEvent>>>();
    const timeline = (id: string) => {
      const found = seen.get(id) ?? this.timeline(id);
      seen.set(id, found);
      return found;
    };
    const named = (chain: readonly string[]) =>
      Promise.all(chain.map(async (id) => nameOf(await timeline(id)) ?? id));
    if (event.type === 'MemberJoined') {
      const next = async (id: string) => membersOf(await timeline(id));
      const chain = await chainTo(event.data.member, own, next, MOST_READ);
      if (chain !== undefined) refuseCircle(await named([own, ...chain]), field);
    }
    if (event.type === 'PartySucceeded') {
      const next = async (id: string) => formerSelvesOf(await timeline(id), id);
      for (const [i, predecessor] of event.data.predecessors.entries()) {
        if (predecessor === own) continue;
        const chain = await chainTo(predecessor, own, next, MOST_READ);
        if (chain !== undefined) refuseOlderSelf(await named([own, ...chain]), i, field);
      }
    }
  }

  private async timeline(id: string): Promise<Timeline<PartyEvent>> {
    const { events } = await readWholeStream(this.store, this.names.nameOf({ kind: 'party', id }));
    return new Timeline<PartyEvent>(events);
  }
}

function refuseCircle(chain: readonly string[], field: string): never {
  const itself = chain.length === 2;
  const code = itself ? 'party/own-member' : 'party/membership-circle';
  const message = itself
    ? '自分自身の構成員にはなれません。'
    : `構成員の関係が輪になります(${chain.join(' → ')})。`;
  return refuse('conflict', code, message, {
    field: `${field}.data.member`,
    code,
    read: chain.join(' → '),
    expected: 'この団体を、直接にも間接にも構成員に含まない団体',
  });
}

function refuseOlderSelf(chain: readonly string[], at: number, field: string): never {
  const code = 'party/older-self';
  const message = `この団体を承継した団体は、その前身になれません(${chain.join(' → ')})。`;
  return refuse('conflict', code, message, {
    field: `${field}.data.predecessors[${at}]`,
    code,
    read: chain.join(' → '),
    expected: 'この団体を、直接にも間接にも承継していない団体',
  });
}
