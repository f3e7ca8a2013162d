import { Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';

import { actControllers } from './commands/act-controller.js';
import { DisputesController } from './commands/disputes.controller.js';
import { EntriesController } from './commands/entries.controller.js';

/** Commands and queries over HTTP. */
@Module({
  imports: [CqrsModule.forRoot()],
  controllers: [EntriesController, DisputesController, ...actControllers],
})
export class HttpModule {}
