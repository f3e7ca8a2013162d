import { Inject, Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';

import type { StreamNames } from '../entries/stream-names.js';
import { STREAM_NAMES } from '../entries/stream-names.token.js';
import {
  type EventStore,
  StoreUnavailable,
  UnexpectedHistory,
} from '../event-sourcing/event-store.js';
import { EVENT_STORE } from '../event-sourcing/event-store.token.js';
import { parseEvent } from '../event-sourcing/parse-event.js';
import {
  type Grants,
  grantsAfter,
  nothingGranted,
  type RegisterStreamEvent,
} from '../register/domain/grants.js';
import { registerStream } from '../register/register-stream.js';
import type { HeldRole } from './principal.js';

/** The grants as of a revision of the register's stream; −1 while it is not opened. */
export interface GrantsRead extends Grants {
  readonly revision: number;
}

/** A process cut off from a store that others still reach would not hear of a revocation for so long. */
const countsWithoutStoreMs = 15 * 60_000;
const refreshMs = 60_000;

/** Who may act for whom, read from the register's stream. */
@Injectable()
export class RegisterRoles implements OnModuleInit, OnApplicationShutdown {
  private known: GrantsRead = { ...nothingGranted, revision: -1 };
  private knownAt = Number.NEGATIVE_INFINITY;
  private running: Promise<unknown> = Promise.resolve();
  private next: Promise<GrantsRead> | undefined;
  private readonly stream: string;
  private refreshing: NodeJS.Timeout | undefined;

  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(STREAM_NAMES) names: StreamNames,
  ) {
    this.stream = registerStream(names);
  }

  /** Read now and then though nobody asks, so that what counts while the store is away is not old. */
  onModuleInit(): void {
    const refresh = () => void this.standing().catch(() => undefined);
    refresh();
    this.refreshing = setInterval(refresh, refreshMs).unref();
  }

  onApplicationShutdown(): void {
    clearInterval(this.refreshing);
  }

  /**
   * The grants standing now, those of other processes included: what was appended before the call is in.
   * Calls that come while a reading is under way share the next one. While the store cannot be reached,
   * or comes back with another history, nothing is granted or revoked through it, and for a while the
   * last ones known go on to count: staff then reads the ledgers; whatever would write is refused by the
   * store itself.
   * @throws StoreUnavailable, UnexpectedHistory when that has lasted too long
   */
  standing(): Promise<GrantsRead> {
    this.next ??= this.running.then(() => {
      this.next = undefined;
      const reading = this.readOn();
      this.running = reading.catch(() => undefined);
      return reading;
    });
    return this.next;
  }

  async heldBy(account: string): Promise<readonly HeldRole[]> {
    const { standing } = await this.standing();
    return standing.flatMap((it) => {
      return it.account === account ? [{ role: it.role, body: it.body }] : [];
    });
  }

  /** The operator's party id; undefined while the register is not opened. */
  async operator(): Promise<string | undefined> {
    return (await this.standing()).operator;
  }

  private async readOn(): Promise<GrantsRead> {
    try {
      const events = this.store.readStream(this.stream, this.known.revision + 1);
      for await (const recorded of events) {
        const event = parseEvent(recorded, 'register').event as RegisterStreamEvent;
        this.known = { ...grantsAfter(this.known, event), revision: recorded.revision };
      }
      this.knownAt = performance.now();
    } catch (fault) {
      const age = performance.now() - this.knownAt;
      const gone = fault instanceof StoreUnavailable || fault instanceof UnexpectedHistory;
      if (!gone || age > countsWithoutStoreMs) throw fault;
    }
    return this.known;
  }
}
