import type { ValidationError } from '@nestjs/common';

import { type Fault, quoted, Refusal } from '../entries/domain/refusal.js';

/** class-validator's findings as a refusal; what was sent as a password is not repeated. */
export function refusalOf(errors: readonly ValidationError[]): Refusal {
  const faults = errors.flatMap((it) => faultsIn(it, ''));
  return new Refusal('malformed', 'request/malformed', '入力に誤りがあります。', faults);
}

function faultsIn(error: ValidationError, path: string): readonly Fault[] {
  const field = path === '' ? error.property : `${path}.${error.property}`;
  const own = Object.entries(error.constraints ?? {}).map(([rule, expected]) => ({
    field,
    code: rule === 'whitelistValidation' ? 'field/unknown' : 'field/value',
    read: /password/i.test(field) ? '（表示しません）' : readable(error.value),
    expected: rule === 'whitelistValidation' ? 'この項目はありません' : expected,
  }));
  return [...own, ...(error.children ?? []).flatMap((it) => faultsIn(it, field))];
}

function readable(value: unknown): string {
  return value === undefined ? '' : quoted(value);
}
