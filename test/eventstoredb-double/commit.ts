import type { StatusObject } from '@grpc/grpc-js';

import type { AppendRequest } from './append-request.js';
import type { Appended } from './event-log.js';
import { pause } from './faults.js';
import type { Serving } from './serving.js';

/** What becomes of an append: an answer (perhaps later), a refusal, a lost line, or silence. */
export type Outcome =
  | { readonly answer: Appended; readonly late: number }
  | { readonly status: StatusObject }
  | 'cut'
  | 'silence';

/** One append with the faults before and after it; a call cancelled before the commit writes nothing. */
export async function commit(
  serving: Serving,
  request: AppendRequest,
  call: { readonly needsLeader: boolean; readonly cancelled: () => boolean },
): Promise<Outcome> {
  const refused = await serving.faults.admit('append');
  const status = refused ?? serving.leadership(call.needsLeader) ?? (await serving.forwarding());
  if (status) return { status };
  if (call.cancelled()) return 'silence';

  const answer = serving.log.append(request.stream, request.expected, request.events);
  const tail = serving.faults.tail();
  const silence = serving.faults.silence();
  if (silence) await silence;
  if (tail === 'cut') return 'cut';
  if (answer.decided === 'never-answered') return 'silence';
  if (tail && 'lose' in tail) return { status: tail.lose };
  return { answer, late: tail?.late ?? 0 };
}

/** Waits for a late answer's time. */
export async function whenDue(late: number): Promise<void> {
  if (late > 0) await pause(late);
}
