import type { EventStore, RecordedEvent } from '../event-sourcing/event-store.js';
import { differingField } from '../event-sourcing/same-event.js';
import { RegisterDigest } from './register-digest.js';

/** The two stores do not hold the same events. */
export class Different extends Error {
  override readonly name = 'Different';

  constructor(
    /** The first number at which they differ. */
    readonly n: number,
    what: string,
  ) {
    super(`登録番号 ${n} の${what}`);
  }
}

export interface Compared {
  /** How many events both hold alike. */
  readonly events: number;
  /** Of these events, made on each side from what was read there; see `RegisterDigest`. */
  readonly digest: string;
}

/**
 * Reads both stores from the first event on, side by side, and compares each event.
 * @param count how many events are compared; both must hold at least so many
 * @throws Different
 */
export async function compareStores(
  one: Pick<EventStore, 'readAll'>,
  other: Pick<EventStore, 'readAll'>,
  count: number,
  onEvent: (done: number) => void = () => undefined,
): Promise<Compared> {
  const [ours, theirs] = [one, other].map((it) => it.readAll(null)[Symbol.asyncIterator]()) as [
    AsyncIterator<RecordedEvent>,
    AsyncIterator<RecordedEvent>,
  ];
  const [digest, theirDigest] = [new RegisterDigest(), new RegisterDigest()];
  try {
    for (let n = 0; n < count; n += 1) {
      // Both stores fetch pages ahead: one after the other costs less than waiting for both at once.
      const here = await next(ours);
      const there = await next(theirs);
      if (here === undefined || there === undefined) throw new Different(n, '事実がありません');
      refuseOther(n, here, there);
      digest.add(here);
      theirDigest.add(there);
      onEvent(n + 1);
    }
  } finally {
    await ours.return?.();
    await theirs.return?.();
  }
  const hex = digest.hex();
  if (hex !== theirDigest.hex()) throw new Different(count - 1, 'ダイジェストが一致しません');
  return { events: count, digest: hex };
}

async function next(events: AsyncIterator<RecordedEvent>): Promise<RecordedEvent | undefined> {
  const item = await events.next();
  return item.done === true ? undefined : item.value;
}

function refuseOther(n: number, here: RecordedEvent, there: RecordedEvent): void {
  const other = differingField('timed', here, there);
  if (here.n !== n || other !== undefined) {
    throw new Different(n, `事実が一致しません（${other ?? 'n'}）`);
  }
}
