import type { StatusObject } from '@grpc/grpc-js';

import type { EventFilter } from './event-filter.js';
import type { EventLog } from './event-log.js';
import { LiveChannel } from './live-channel.js';
import {
  beforeAll,
  checkpointMessage,
  compare,
  positionAt,
  type LogPosition,
} from './log-position.js';
import type { LoggedEvent } from './logged-event.js';
import type { Outlet } from './outlet.js';
import { logPage } from './read-log.js';
import { invalidPosition } from './statuses.js';
import { caughtUp, confirmation } from './subscription-messages.js';

type Live = { readonly event: LoggedEvent } | { readonly checkpoint: LogPosition };

/**
 * A subscription to `$all`, as the server's `Enumerator.AllSubscription[Filtered]` runs it: pages of
 * the log until its end, then what is committed, and pages again when the client was too slow.
 */
export class SubscriptionToAll {
  private readonly live = new LiveChannel<Live>();
  private readonly sinceSubscribed: number;
  private readonly stopWatching: () => void;
  /** Last sent towards the client: an event or a checkpoint. */
  private at: LogPosition;
  private lastCheckpoint: LogPosition | undefined;
  private sequence = 0;
  private counted = 0;

  constructor(
    private readonly log: EventLog,
    private readonly outlet: Outlet,
    from: LogPosition | 'start' | 'end',
    private readonly mayRead: () => StatusObject | undefined,
    private readonly filter?: EventFilter,
  ) {
    this.sinceSubscribed = log.lastPosition;
    const end = positionAt(this.sinceSubscribed);
    this.at = from === 'start' ? beforeAll : from === 'end' ? end : from;
    this.stopWatching = log.watch((event) => this.committed(event));
  }

  /** @throws CallOver when the client has gone. */
  async run(): Promise<void> {
    try {
      await this.outlet.message(confirmation());
      await this.outlet.begin();
      if (compare(this.at, positionAt(this.sinceSubscribed)) >= 0) await this.goLive();
      for (;;) {
        const refused = await this.catchUp();
        if (refused) return this.outlet.fail(refused);
        await this.goLive();
      }
    } finally {
      this.stopWatching();
    }
  }

  private committed(event: LoggedEvent): void {
    if (this.filter?.allows(event) ?? true) this.live.put({ event });
    if (!this.filter || ++this.counted < this.filter.interval) return;
    this.counted = 0;
    this.live.put({ checkpoint: positionAt(event.position) });
  }

  /** Gives the status that ends the subscription, where the log is not read. */
  private async catchUp(): Promise<StatusObject | undefined> {
    let counted = 0;
    let from = this.at;
    for (;;) {
      const refused = this.mayRead();
      if (refused) return refused;
      const page = logPage(this.log, from, this.filter);
      if (!page) return invalidPosition();
      for (const event of page.events)
        if (compare(positionAt(event.position), this.at) > 0) await this.send(event);
      counted += page.considered;
      if (page.atEnd) {
        await this.sendCheckpoint();
        return undefined;
      }
      if (this.filter && counted >= this.filter.interval) {
        counted %= this.filter.interval;
        const start = { commit: Math.max(from.commit, 0), prepare: Math.max(from.prepare, 0) };
        if (compare(this.at, start) < 0) this.at = start;
        await this.sendCheckpoint();
      }
      from = page.next;
    }
  }

  /** Returns when something was dropped on the way and the log must be read again. */
  private async goLive(): Promise<void> {
    await this.outlet.message(caughtUp());
    for (;;) {
      const next = this.live.take();
      if (!next) {
        await this.outlet.unlessOver(this.live.filled());
        continue;
      }
      const nothingDropped = next.sequence === this.sequence + 1;
      this.sequence = next.sequence;
      if (this.wasSent(next.item)) continue;
      if (!nothingDropped) return this.sendCheckpoint();
      if ('event' in next.item) await this.send(next.item.event);
      else {
        this.at = next.item.checkpoint;
        await this.sendCheckpoint();
      }
    }
  }

  private wasSent(item: Live): boolean {
    return 'event' in item
      ? compare(positionAt(item.event.position), this.at) <= 0
      : compare(item.checkpoint, this.at) < 0;
  }

  private async send(event: LoggedEvent): Promise<void> {
    this.at = positionAt(event.position);
    await this.outlet.event(event);
  }

  private async sendCheckpoint(): Promise<void> {
    if (!this.filter) return;
    if (this.lastCheckpoint && !isAfter(this.at, this.lastCheckpoint)) return;
    this.lastCheckpoint = this.at;
    await this.outlet.message(checkpointMessage(this.at));
  }
}

/** "Before all" is written as the largest position, so no checkpoint comes after it. */
function isAfter(one: LogPosition, other: LogPosition): boolean {
  return other.commit >= 0 && compare(one, other) > 0;
}
