import { Module, type OnModuleInit, Inject } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import type { Pool } from 'pg';

import { POOL } from '../postgres/pool.token.js';
import { ChangeGrants } from '../register/change-grants.js';
import { AccessGuard } from './access.guard.js';
import { AccessLog } from './access-log.js';
import { AccountsController } from './accounts.controller.js';
import { Accounts } from './accounts.js';
import { ApiTokens } from './api-tokens.js';
import { Authentication } from './authentication.js';
import { GrantsController } from './grants.controller.js';
import { createOffice } from './office-schema.js';
import { RegisterRoles } from './register-roles.js';
import { SessionController } from './session.controller.js';
import { Sessions } from './sessions.js';
import { SignIn } from './sign-in.js';
import { SignInThrottle } from './sign-in-throttle.js';

/**
 * Who acts, for which body, with which role; denies by default. Needs POOL, CLOCK, EVENT_STORE and
 * STREAM_NAMES from a global module.
 */
@Module({
  controllers: [SessionController, AccountsController, GrantsController],
  providers: [
    Accounts,
    Sessions,
    ApiTokens,
    SignIn,
    SignInThrottle,
    RegisterRoles,
    Authentication,
    AccessLog,
    ChangeGrants,
    { provide: APP_GUARD, useClass: AccessGuard },
  ],
  exports: [Accounts, ApiTokens, RegisterRoles, AccessLog, Authentication],
})
export class IdentityModule implements OnModuleInit {
  constructor(@Inject(POOL) private readonly pool: Pool) {}

  async onModuleInit(): Promise<void> {
    await createOffice(this.pool);
  }
}
