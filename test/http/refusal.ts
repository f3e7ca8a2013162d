import { expect } from 'vitest';

import type { Answer } from '../support/application.js';

export interface Refused {
  readonly code: string;
  readonly detail: string;
  readonly faults: readonly { field: string; code: string; read: string; expected: string }[];
}

/** Status and code of the refusal, and its fault: field, what was read, what was expected. */
export function refusal({ status, body }: Answer<Refused>) {
  const [fault] = body.faults;
  expect(body.detail).toMatch(/[ぁ-んァ-ヶ一-龠]/u);
  return [status, body.code, fault?.field, fault?.code, fault?.read, fault?.expected];
}
