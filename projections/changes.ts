import type { Difference, StoredRow } from './stored-row.js';

/** A row to be written: known from `from` on, up to and without `to` where it is closed already. */
export interface OpenedRow {
  readonly stream: string;
  readonly row: StoredRow;
  readonly from: number;
  to: number | undefined;
}

/** A row that is stored and open, to be closed at n. */
export interface ClosedRow {
  readonly stream: string;
  readonly part: string;
  readonly days: string;
  readonly n: number;
}

/** What the events of a batch make of one stream's rows; rows that come and go meet in memory. */
export class StreamChanges {
  readonly opened: OpenedRow[] = [];
  readonly closed: ClosedRow[] = [];
  private readonly open = new Map<string, OpenedRow>();

  /** `id`: the id of what the stream is about. */
  constructor(readonly id: string) {}

  add({ closed, opened }: Difference, n: number): void {
    for (const { part, days } of closed) {
      const mine = this.open.get(`${part} ${days}`);
      if (mine === undefined) this.closed.push({ stream: this.id, part, days, n });
      else {
        mine.to = n;
        this.open.delete(`${part} ${days}`);
      }
    }
    for (const row of opened) {
      const it: OpenedRow = { stream: this.id, row, from: n, to: undefined };
      this.opened.push(it);
      this.open.set(`${row.part} ${row.days}`, it);
    }
  }
}
