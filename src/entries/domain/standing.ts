import type { Numbered, RegisterEvent } from './event.js';
import { memoryOf } from './stream-memory.js';

/**
 * Whose word counts (domain § 4 "Approval"). Answers take what is approved; decisions take what is
 * entered and not rejected, pending included. `asIfApproved` is the answer that pending entries would
 * make: what is approved, and these.
 */
export type Counting = 'approved' | 'entered' | { readonly asIfApproved: ReadonlySet<string> };

/** Whether an entry counts, by what is approved and rejected. */
export function countsIn(
  counting: Counting,
  entry: string | undefined,
  judged: { readonly approved: ReadonlySet<string>; readonly rejected: ReadonlySet<string> },
): boolean {
  if (entry === undefined || judged.approved.has(entry)) return true;
  if (counting === 'approved') return false;
  return counting === 'entered' ? !judged.rejected.has(entry) : counting.asIfApproved.has(entry);
}

export interface Standing {
  /** What stands and counts, in the order of n. */
  readonly events: readonly Numbered[];
  /** Fallen events and the retraction that lists each. */
  readonly fallen: ReadonlyMap<string, string>;
  readonly approved: ReadonlySet<string>;
  readonly rejected: ReadonlySet<string>;
}

/**
 * Decided from the newest event backwards: an event stands unless a later standing retraction that
 * counts lists it; one that lists itself or what came after it takes nothing back. `ignored` events
 * are taken as if they were not there (a doubted retraction).
 * @param events one stream's events up to some n, in the order of n
 */
export function standing(
  events: readonly Numbered[],
  counting: Counting,
  ignored: ReadonlySet<string> = nothing,
): Standing {
  if (ignored.size > 0) return decided(events, counting, ignored);
  const kept = memoryOf(events, 'standing', none);
  if (kept.events !== events || kept.length !== events.length) {
    [kept.events, kept.length, kept.by] = [events, events.length, new Map()];
  }
  const found = kept.by.get(counting);
  if (found !== undefined) return found;
  const made = decided(events, counting, ignored);
  kept.by.set(counting, made);
  return made;
}

const nothing: ReadonlySet<string> = new Set();

/** What was decided of one list of events: every part of a fold asks for it again. */
interface Kept {
  events: readonly Numbered[];
  length: number;
  by: Map<Counting, Standing>;
}

function none(): Kept {
  return { events: [], length: 0, by: new Map() };
}

function decided(
  events: readonly Numbered[],
  counting: Counting,
  ignored: ReadonlySet<string>,
): Standing {
  const fallen = new Map<string, string>();
  const approved = new Set<string>();
  const rejected = new Set<string>();
  const kept: Numbered[] = [];
  const passed = new Set<string>();
  for (const it of events.toReversed()) {
    const { event } = it;
    passed.add(event.id);
    if (ignored.has(event.id) || fallen.has(event.id)) continue;
    if (event.type === 'EntryApproved') approved.add(entryOf(event));
    if (event.type === 'EntryRejected') rejected.add(entryOf(event));
    if (!countsIn(counting, event.entry, { approved, rejected })) continue;
    if (event.type === 'FactRetracted') {
      for (const id of retractedBy(event)) {
        if (!fallen.has(id) && !passed.has(id)) fallen.set(id, event.id);
      }
    }
    kept.push(it);
  }
  return { events: kept.reverse(), fallen, approved, rejected };
}

function entryOf(event: RegisterEvent): string {
  return (event.data as { readonly entry: string }).entry;
}

export function retractedBy(event: RegisterEvent): readonly string[] {
  return (event.data as { readonly events: readonly string[] }).events;
}
