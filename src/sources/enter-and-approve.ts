import type { CommandBus } from '@nestjs/cqrs';

import type { CommandResult } from '../entries/command-result.js';
import type { StreamKind } from '../entries/domain/act-type.js';
import { EnterActs } from '../entries/enter-acts.js';
import { JudgeEntry } from '../entries/judge-entry.js';
import type { SignedIn } from '../identity/principal.js';

/** The operator and the two accounts without sign-in that RegisterOpened names. */
export interface Loaders {
  readonly operator: string;
  readonly operatorName: string;
  readonly registrar: SignedIn;
  readonly approver: SignedIn;
}

/** One entry of what ships with the product, and the key by which its repetition is recognised. */
export interface LoadedEntry {
  readonly kind: StreamKind;
  /** Absent when the first act opens a stream of an id of its own. */
  readonly id: string | undefined;
  readonly acts: readonly unknown[];
  readonly key: string;
}

/** Entered by one account and approved by the other, through the ordinary commands. */
export async function enterAndApprove(
  bus: CommandBus,
  { registrar, approver }: Loaders,
  { kind, id, acts, key }: LoadedEntry,
): Promise<CommandResult> {
  const entered = await bus.execute<EnterActs, CommandResult>(
    new EnterActs(registrar, {
      kind,
      id,
      acts,
      shared: { authority: { kind: 'source' } },
      idempotencyKey: key,
    }),
  );
  await bus.execute<JudgeEntry, CommandResult>(
    new JudgeEntry(approver, {
      stream: { kind, id: entered.id },
      approve: true,
      entry: entered.entry ?? '',
      digest: entered.digest ?? '',
      idempotencyKey: approvalKey(key),
    }),
  );
  return entered;
}

/** The key of an entry's approval. */
export function approvalKey(key: string): string {
  return `${key}:approved`;
}
