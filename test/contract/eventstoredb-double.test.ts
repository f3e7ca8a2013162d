import { afterAll, beforeAll } from 'vitest';

import { EventStoreDbDouble } from '../eventstoredb-double/eventstoredb-double.js';
import { eventStoreContract } from './event-store.contract.js';
import { openEventStoreDbContractStore } from './eventstoredb-contract-store.js';

let double: EventStoreDbDouble;

beforeAll(async () => {
  double = await EventStoreDbDouble.start();
});
afterAll(() => double.stop());

eventStoreContract('The EventStoreDB adapter, on a loopback double of the server,', () =>
  openEventStoreDbContractStore(double.connectionString, {
    disturb: () => {
      double.faults.slowCommits({ ms: 30, probability: 0.01, seed: 7 });
      return () => double.faults.clear();
    },
  }),
);
