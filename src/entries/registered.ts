import { Inject, Injectable } from '@nestjs/common';
import type { EventStore } from '../event-sourcing/event-store.js';
import { EVENT_STORE } from '../event-sourcing/event-store.token.js';
import type { StreamKind } from './domain/act-type.js';
import { StreamNames } from './stream-names.js';
import { STREAM_NAMES } from './stream-names.token.js';

/** Which ids name something that is registered. Nothing registered ever goes away. */
@Injectable()
export class Registered {
  private readonly known = new Set<string>();

  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(STREAM_NAMES) private readonly names: StreamNames,
  ) {}

  async has(kind: StreamKind, id: string): Promise<boolean> {
    const stream = this.names.nameOf({ kind, id });
    if (this.known.has(stream)) return true;
    for await (const _ of this.store.readStream(stream)) {
      this.known.add(stream);
      return true;
    }
    return false;
  }
}
