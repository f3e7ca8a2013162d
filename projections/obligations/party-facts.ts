import type { Segments } from '../../src/time/segments.js';
import { subjectOf } from '../record-row.js';
import { byPart, keyOf, spoken, type SpanRow, type Spoken } from './span.js';

/** What the streams of parties say at one n, as their links are made of. */
export interface PartyFacts {
  /** What a part of a stream says, day by day; undefined where no row speaks of it. */
  days(stream: string, part: string): Segments<Spoken> | undefined;
  /** Streams by the part that names somebody: `member:<party>`, `partOf:<whole>`, `succession:<old>`. */
  naming(part: string): readonly string[];
  /** Whom a party succeeded, or may have. */
  predecessors(party: string): readonly string[];
  /** Groups that may have members whom nobody recorded. */
  readonly openEnded: readonly string[];
}

/** The facts of rows that were read together. */
export function factsOf(rows: readonly SpanRow[], openEnded: readonly string[] = []): PartyFacts {
  const parts = new Map<string, Segments<Spoken>>();
  const naming = new Map<string, string[]>();
  const predecessors = new Map<string, string[]>();
  for (const [key, mine] of byPart(rows)) {
    const [{ stream, part } = { stream: '', part: '' }] = mine;
    parts.set(key, spoken(mine));
    add(naming, part, stream);
    if (part.startsWith('succession:')) add(predecessors, stream, subjectOf(part));
  }
  return {
    days: (stream, part) => parts.get(keyOf(stream, part)),
    naming: (part) => naming.get(part) ?? [],
    predecessors: (party) => predecessors.get(party) ?? [],
    openEnded,
  };
}

function add(to: Map<string, string[]>, key: string, value: string): void {
  const values = to.get(key);
  if (values === undefined) to.set(key, [value]);
  else values.push(value);
}
