import { contentOf } from './content.js';
import type { Numbered, RegisterEvent } from './event.js';
import { isAct } from './readings.js';
import { standing, type Standing } from './standing.js';

/** A stream as a decision sees it: what stands and is not rejected, pending included. */
export class Timeline<E extends RegisterEvent = RegisterEvent> {
  readonly stands: Standing;
  /** Acts that stand, with their corrected contents, in the order of n. */
  readonly acts: readonly E[];

  constructor(readonly events: readonly Numbered[]) {
    this.stands = standing(events, 'entered');
    this.acts = this.stands.events
      .filter(({ event }) => isAct(event))
      .map(({ event }) => contentOf(event, this.stands.events) as E);
  }

  all<T extends E['type']>(type: T): readonly Extract<E, { type: T }>[] {
    return this.acts.filter((it): it is Extract<E, { type: T }> => it.type === type);
  }

  standing<T extends E['type']>(type: T): Extract<E, { type: T }> | undefined {
    return this.all(type).at(-1);
  }

  /** The event with an id, standing or not, as it was recorded. */
  recorded(id: string): RegisterEvent | undefined {
    return this.events.find(({ event }) => event.id === id)?.event;
  }

  isStanding(id: string): boolean {
    return this.stands.events.some(({ event }) => event.id === id);
  }

  /** An act's content as it stands now. */
  content(id: string): E | undefined {
    return this.acts.find((it) => it.id === id);
  }

  /** The events of an entry, in their order. */
  entry(id: string): readonly RegisterEvent[] {
    return this.events.filter(({ event }) => event.entry === id).map(({ event }) => event);
  }
}
