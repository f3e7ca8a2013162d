import type { Presumption } from '../../entries/domain/presumption.js';
import type { Part } from '../../entries/domain/unfold.js';
import type { PartyEvent } from './acts.js';

export type Succeeding = Extract<PartyEvent, { type: 'PartySucceeded' }>;

/** Whether a party has succeeded another by a day, and to what; content of `succession:<predecessor>`. */
export type Succession =
  | {
      readonly state: 'notYet';
      readonly by: readonly string[];
      readonly presumed: readonly Presumption[];
    }
  | {
      readonly state: 'succeeded';
      readonly manner: 'merger' | 'split' | 'changeOfStatus';
      readonly takesOver: 'all' | 'listed' | 'none' | 'unsaid';
      /** Those that it takes over where only some are. */
      readonly agreements: readonly string[];
      /** Whether that predecessor is no more. */
      readonly ceased: boolean;
      readonly by: readonly string[];
      readonly presumed: readonly Presumption[];
    };

export function successionPart(slot: string): Part<Succession> {
  const predecessor = slot.slice(slot.indexOf(':') + 1);
  return {
    key: slot,
    slots: [slot],
    read(sequence) {
      const last = sequence.at(-1);
      if (last === undefined) return { state: 'notYet', by: [], presumed: [] };
      const { id, data } = last.event as Succeeding;
      return {
        state: 'succeeded',
        manner: data.manner,
        takesOver: takesOver(data),
        agreements: data.agreements ?? [],
        ceased: data.ceased?.includes(predecessor) === true,
        by: [id],
        presumed: last.presumed,
      };
    },
  };
}

/** Everybody whom the party succeeds, apart from itself: a body that goes on succeeds nobody by it. */
export function predecessorsOf({ stream, data }: Succeeding): readonly string[] {
  return [...new Set(data.predecessors)].filter((it) => !stream.endsWith(it));
}

/** What bound the old binds a merger's successor, after a split only where stated (domain § 6). */
function takesOver({
  manner,
  takesOver: said,
  agreements,
}: Succeeding['data']): Extract<Succession, { state: 'succeeded' }>['takesOver'] {
  if (said !== undefined) return said;
  if (agreements !== undefined && agreements.length > 0) return 'listed';
  return manner === 'split' ? 'unsaid' : 'all';
}
