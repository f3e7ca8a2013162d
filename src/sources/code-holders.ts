import type { Numbered } from '../entries/domain/event.js';
import { pendingEntries } from '../entries/domain/part-rows.js';
import { presumeAll } from '../entries/domain/presumption.js';
import type { Counting } from '../entries/domain/standing.js';
import type { PartyName } from '../parties/domain/party-parts.js';
import { partyParts } from '../parties/domain/party-parts.js';
import type { Succession } from '../parties/domain/succession.js';

/** The party that has a code on a day. */
export interface CodeHolder {
  readonly id: string;
  /** An entry that waits for approval decides whether it has. */
  readonly pending: boolean;
}

/**
 * Who has each code on a day, by the dated names of the parties: not who had it before, nor who has
 * ceased by that day. A holder by what is approved goes before one by what waits; of two alike the one
 * that came into the register first.
 * @param streams each party's events, by its id, in the order in which they began
 */
export function codeHolders(
  streams: ReadonlyMap<string, readonly Numbered[]>,
  day: number,
): ReadonlyMap<string, CodeHolder> {
  const waits = [...streams.values()].some((it) => pendingEntries(it).length > 0);
  const approved = holdersIn(streams, day, 'approved');
  const entered = waits ? holdersIn(streams, day, 'entered') : approved;
  const found = new Map<string, CodeHolder>();
  for (const code of new Set([...approved.keys(), ...entered.keys()])) {
    const [sure = [], other = []] = [approved.get(code), entered.get(code)];
    const [id] = [...sure, ...other] as [string, ...string[]];
    found.set(code, { id, pending: !(sure.includes(id) && other.includes(id)) });
  }
  return found;
}

function holdersIn(
  streams: ReadonlyMap<string, readonly Numbered[]>,
  day: number,
  counting: Counting,
): ReadonlyMap<string, readonly string[]> {
  const ceased = new Set<string>();
  const codes: (readonly [id: string, code: string])[] = [];
  for (const [id, events] of streams) {
    const parts = partyParts(events, counting, presumeAll);
    const on = (part: string) => {
      const holding = parts.get(part)?.find(({ from, to }) => from <= day && day < to);
      return holding?.contents.map(({ content }) => content) ?? [];
    };
    for (const name of on('name') as readonly Partial<PartyName>[]) {
      if (name.code !== undefined) codes.push([id, name.code]);
    }
    for (const part of parts.keys()) {
      if (!part.startsWith('succession:')) continue;
      const contents = on(part) as readonly Succession[];
      const gone = contents.every((it) => it.state === 'succeeded' && it.ceased);
      if (gone && contents.length > 0) ceased.add(part.slice('succession:'.length));
    }
  }
  const found = new Map<string, string[]>();
  for (const [id, code] of codes) {
    if (ceased.has(id)) continue;
    const others = found.get(code);
    if (others === undefined) found.set(code, [id]);
    else if (!others.includes(id)) others.push(id);
  }
  return found;
}
