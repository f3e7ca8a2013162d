import type { Numbered } from '../src/entries/domain/event.js';
import type { StoredRows } from './stored-row.js';

/** A stream's events so far, and the rows that they give. */
export interface Timeline {
  /** A new list for each event: what was made of one is kept by it. */
  events: readonly Numbered[];
  rows: StoredRows;
}

/** The timelines used last, together at most so many events; the others are read again. */
export class Timelines {
  private readonly kept = new Map<string, Timeline>();
  private total = 0;

  constructor(private readonly mostEvents: number) {}

  get events(): number {
    return this.total;
  }

  take(stream: string): Timeline | undefined {
    const found = this.kept.get(stream);
    if (found === undefined) return undefined;
    this.kept.delete(stream);
    this.total -= found.events.length;
    return found;
  }

  /** Keeps it as the one used last; the longest unused go. */
  keep(stream: string, timeline: Timeline): void {
    this.take(stream);
    this.kept.set(stream, timeline);
    this.total += timeline.events.length;
    for (const [oldest, { events }] of this.kept) {
      if (this.total <= this.mostEvents || oldest === stream) return;
      this.kept.delete(oldest);
      this.total -= events.length;
    }
  }

  clear(): void {
    this.kept.clear();
    this.total = 0;
  }
}
