import { StoreUnavailable, UnexpectedHistory } from '../event-store.js';
import { Turnstile } from '../turnstile.js';

/** Whether a store answers; `since` is an instant, ISO 8601 in UTC. */
export type StoreState =
  | { readonly state: 'up' }
  | { readonly state: 'down'; readonly since: string; readonly reason: string };

/** What this process knows of whether the server answers, from the calls that were made anyway. */
export class Reachability {
  private down: { readonly since: number; readonly fault: Error } | undefined;
  private readonly changes = new Turnstile();

  constructor(private readonly report: (line: string) => void) {}

  state(): StoreState {
    if (this.down === undefined) return { state: 'up' };
    const { since, fault } = this.down;
    return { state: 'down', since: new Date(since).toISOString(), reason: fault.message };
  }

  /** It answers with another history than is known here. Only who compares the two may clear it. */
  get broken(): Error | undefined {
    return this.down?.fault instanceof UnexpectedHistory ? this.down.fault : undefined;
  }

  answered(): void {
    if (this.broken === undefined) this.proven();
  }

  /** It answers, and its history is the one that is known here. */
  proven(): void {
    if (this.down === undefined) return;
    this.down = undefined;
    this.report('EventStoreDB が再び答えています。');
    this.changes.turn();
  }

  failed(fault: Error): void {
    if (this.broken !== undefined && !(fault instanceof UnexpectedHistory)) return;
    if (this.down === undefined) {
      this.report(`EventStoreDB が答えません。閲覧は続き、登録を断ります(${fault.message})。`);
    }
    this.down = { since: this.down?.since ?? Date.now(), fault };
  }

  /**
   * Returns at once while the server answers; else waits until it does, but no longer than so long
   * after it went away.
   * @throws StoreUnavailable, UnexpectedHistory
   */
  async whileUp(graceMs: number, signal: AbortSignal): Promise<void> {
    while (this.down !== undefined && !signal.aborted) {
      const left = this.down.since + graceMs - Date.now();
      if (this.broken !== undefined) throw this.broken;
      if (left <= 0) throw new StoreUnavailable(this.down.fault.message);
      await this.changes.after(this.changes.ticket(), left, signal);
    }
    if (signal.aborted) throw new StoreUnavailable('the event store is closed');
  }
}
