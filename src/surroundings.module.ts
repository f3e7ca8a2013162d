import { type DynamicModule, Module } from '@nestjs/common';

import { CLOCK } from './clock.token.js';
import { STREAM_NAMES } from './entries/stream-names.token.js';
import { EVENT_STORE } from './event-sourcing/event-store.token.js';
import { POOL } from './postgres/pool.token.js';
import type { Surroundings } from './surroundings.js';
import { Vault } from './vault/vault.js';

/** Gives what is open already to every module; whoever opened it closes it. */
@Module({})
export class SurroundingsModule {
  static of({ clock, names, pool, store, vault }: Surroundings): DynamicModule {
    const providers = [
      { provide: POOL, useValue: pool },
      { provide: CLOCK, useValue: clock },
      { provide: EVENT_STORE, useValue: store },
      { provide: STREAM_NAMES, useValue: names },
      { provide: Vault, useValue: vault },
    ];
    return { module: SurroundingsModule, global: true, providers, exports: providers };
  }
}
