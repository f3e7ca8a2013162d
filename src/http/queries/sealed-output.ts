import { Injectable } from '@nestjs/common';

import type { AnswerJson } from '../../../projections/answers.js';
import { AccessLog } from '../../identity/access-log.js';
import { holds, type Principal } from '../../identity/principal.js';
import { Vault } from '../../vault/vault.js';
import { commitmentsIn } from '../../entries/sealing.js';
import type { Occasion } from './reading.js';

/** What stands in an answer for a sealed value. */
export type SealedShown =
  | { readonly sealed: true; readonly shown: '非公開' }
  | { readonly sealed: true; readonly text: string }
  | { readonly sealed: true; readonly shown: '消去済み' };

interface Kept {
  readonly keeper: string | { readonly id: string } | null;
}

/** Opens sealed values on output, for those of the keeping body who may see them, and on record. */
@Injectable()
export class SealedOutput {
  constructor(
    private readonly vault: Vault,
    private readonly log: AccessLog,
  ) {}

  /** @param answer an object with a keeper and events */
  async shown(
    answer: AnswerJson,
    { principal, request, what }: Occasion,
  ): Promise<AnswerJson | string> {
    if (!answer.bytes.includes('{"sealed":"')) return answer;
    const told = answer.read<Kept>();
    const body = typeof told.keeper === 'string' ? told.keeper : told.keeper?.id;
    const opens = body !== undefined && mayOpen(principal, body);
    const values = opens ? await this.vault.open(commitmentsIn(told)) : undefined;
    if (values !== undefined && principal.kind === 'signed-in') {
      await this.log.record(principal, request, { body, what: `sealed ${what}` });
    }
    return JSON.stringify(told, (_, value: unknown) =>
      isCommitment(value) ? shownOf(value.sealed, values) : value,
    );
  }
}

function mayOpen(principal: Principal, body: string): boolean {
  return (['registrar', 'approver', 'auditor'] as const).some((it) => holds(principal, it, body));
}

function shownOf(commitment: string, values: ReadonlyMap<string, string> | undefined): SealedShown {
  if (values === undefined) return { sealed: true, shown: '非公開' };
  const text = values.get(commitment);
  return text === undefined ? { sealed: true, shown: '消去済み' } : { sealed: true, text };
}

function isCommitment(value: unknown): value is { readonly sealed: string } {
  if (typeof value !== 'object' || value === null || !('sealed' in value)) return false;
  return typeof value.sealed === 'string' && Object.keys(value).length === 1;
}
