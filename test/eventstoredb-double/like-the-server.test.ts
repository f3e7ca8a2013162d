import { describe } from 'vitest';

import { appendsAlike } from './appending.likeness.js';
import { compareAt, type OpenServer } from './compared-server.js';
import { EventStoreDbDouble } from './eventstoredb-double.js';
import { readsAlike } from './reading.likeness.js';
import { subscribesAlike } from './subscribing.likeness.js';

const openDouble: OpenServer = async () => {
  const double = await EventStoreDbDouble.start();
  double.noise(40);
  return compareAt(double.connectionString, () => double.stop());
};

const real = process.env['EVENTSTORE_CONNECTION_STRING'];
if (!real)
  console.warn(
    'EVENTSTORE_CONNECTION_STRING is not set: the double was NOT compared with a real EventStoreDB.',
  );

describe('on the double', () => {
  appendsAlike(openDouble);
  readsAlike(openDouble);
  subscribesAlike(openDouble);
});

describe.skipIf(!real)('on a real EventStoreDB', () => {
  const openReal: OpenServer = async () => compareAt(real ?? '');
  appendsAlike(openReal);
  readsAlike(openReal);
  subscribesAlike(openReal);
});
