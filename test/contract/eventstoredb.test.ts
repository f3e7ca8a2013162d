import { describe, test } from 'vitest';

import { eventStoreContract } from './event-store.contract.js';
import { openEventStoreDbContractStore } from './eventstoredb-contract-store.js';

const server = process.env['EVENTSTORE_CONNECTION_STRING'];

if (server === undefined) {
  console.warn(
    'EVENTSTORE_CONNECTION_STRING is not set: the contract is NOT run on a real EventStoreDB.',
  );
  describe.skip('EventStoreDB keeps the event store contract', () => {
    test('needs EVENTSTORE_CONNECTION_STRING', () => undefined);
  });
} else {
  eventStoreContract('EventStoreDB', () => openEventStoreDbContractStore(server));
}
