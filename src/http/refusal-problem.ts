import type { Refusal, RefusalKind } from '../entries/domain/refusal.js';
import type { Problem } from './problem.js';

const statusOf: Readonly<Record<RefusalKind, number>> = {
  malformed: 422,
  conflict: 409,
  forbidden: 403,
  unknown: 404,
  stale: 412,
};

/** Refusals whose status says more than their kind does. */
const statusOfCode: Readonly<Record<string, number>> = {
  'session/required': 401,
  'session/ended': 401,
  'session/unreadable': 401,
  'session/wrong-credentials': 401,
  'session/throttled': 429,
  'idempotency/reused': 422,
};

/** The status of a domain's no: the domain knows nothing of HTTP. */
export function problemOfRefusal({ kind, code, message, faults }: Refusal): Problem {
  return { status: statusOfCode[code] ?? statusOf[kind], code, detail: message, faults };
}
