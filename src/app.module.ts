import { type DynamicModule, Module } from '@nestjs/common';

import { ProjectionsModule } from '../projections/projections.module.js';
import { EntriesModule } from './entries/entries.module.js';
import { HttpModule } from './http/http.module.js';
import { IdentityModule } from './identity/identity.module.js';
import type { Surroundings } from './surroundings.js';
import { SurroundingsModule } from './surroundings.module.js';

/** The whole application: the write side, the read side and HTTP before both. */
@Module({})
export class AppModule {
  static of(surroundings: Surroundings): DynamicModule {
    return {
      module: AppModule,
      imports: [
        SurroundingsModule.of(surroundings),
        IdentityModule,
        EntriesModule,
        { ...ProjectionsModule.on(surroundings.url), global: true },
        HttpModule,
      ],
    };
  }
}
