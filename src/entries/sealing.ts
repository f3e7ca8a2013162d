import type { SealedValue } from '../event-sourcing/event-store.js';
import type { Vault } from '../vault/vault.js';
import type { Fault } from './domain/refusal.js';
import type { Reading, Sealed } from './domain/field.js';

/** Reads a command's input: faults are collected, sealed text leaves it for the vault. */
export class SealingReading implements Reading {
  readonly faults: Fault[] = [];
  readonly sealed: SealedValue[] = [];
  private readonly plain = new Map<string, string>();

  constructor(private readonly vault: Vault) {}

  seal(_path: string, value: string): Sealed {
    const { sealed, value: kept } = this.vault.seal(value);
    this.sealed.push(kept);
    this.plain.set(sealed.sealed, value);
    return sealed;
  }

  /** The plain values in the order in which their commitments stand in a value. */
  plainIn(value: unknown): readonly string[] {
    return commitmentsIn(value).map((it) => this.plain.get(it) ?? '');
  }
}

/** Commitments in a value, in document order with sorted keys. */
export function commitmentsIn(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null) return [];
  if (Array.isArray(value)) return value.flatMap((it: unknown) => commitmentsIn(it));
  if (isSealed(value)) return [value.sealed];
  return Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, it]) => commitmentsIn(it));
}

/** The value with every commitment replaced by a mark: what a command's digest covers. */
export function openFieldsOf(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((it: unknown) => openFieldsOf(it));
  if (isSealed(value)) return { sealed: true };
  return Object.fromEntries(Object.entries(value).map(([name, it]) => [name, openFieldsOf(it)]));
}

function isSealed(value: object): value is Sealed {
  return Object.keys(value).length === 1 && 'sealed' in value && typeof value.sealed === 'string';
}
