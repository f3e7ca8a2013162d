import { eventStoreContract } from './event-store.contract.js';
import { openPostgresContractStore } from './postgres-contract-store.js';

eventStoreContract('PostgreSQL', () => openPostgresContractStore());
