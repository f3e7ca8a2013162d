import { type RecordedEvent, UnexpectedHistory } from './event-store.js';
import { differingField } from './same-event.js';

/** What comes must be a register: no number left out, no time that goes back. @throws UnexpectedHistory */
export function refuseDisorder(before: RecordedEvent | undefined, event: RecordedEvent): void {
  const expected = (before?.n ?? -1) + 1;
  if (event.n !== expected) {
    throw new UnexpectedHistory(`event ${event.n} comes where ${expected} belongs`);
  }
  const { recordedAt } = event;
  const at = before !== undefined && before.at > recordedAt ? before.at : recordedAt;
  if (event.at !== at) {
    throw new UnexpectedHistory(`event ${event.n}: time ${event.at} where ${at} belongs`);
  }
}

/** What is there already must be what comes. @throws UnexpectedHistory */
export function refuseOther(there: RecordedEvent | undefined, event: RecordedEvent): void {
  if (there === undefined || differingField('numbered', there, event) !== undefined) {
    throw new UnexpectedHistory(`event ${event.n}: the store holds another`);
  }
}
