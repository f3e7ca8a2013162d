import { escapeIdentifier, type Pool } from 'pg';

import type { SealedValue } from '../event-sourcing/event-store.js';
import { commits, seal, type SealedPair } from './seal.js';
import { unseal } from './unseal.js';

/**
 * The sealed values of a register: seals on the way in, opens on output only. The rows themselves are
 * written by the event store, with or before the events that hold their commitments.
 */
export class Vault {
  private readonly table: string;

  /** `vaultSchema` is the PostgreSQL schema that holds `sealed_value`. */
  constructor(
    private readonly pool: Pool,
    vaultSchema: string,
  ) {
    this.table = `${escapeIdentifier(vaultSchema)}.sealed_value`;
  }

  /** Stores nothing: the pair goes to the event and to `append`. */
  seal(value: string): SealedPair {
    return seal(value);
  }

  /** Whether a repeated command brings the value that was sealed then; false when that one is erased. */
  async matches(commitment: string, value: string): Promise<boolean> {
    const [stored] = await this.rows([commitment]);
    return stored !== undefined && commits(commitment, stored.salt, value);
  }

  /**
   * The values behind commitments, by commitment; one that is missing here was erased.
   * @throws SealedValueAltered
   */
  async open(commitments: Iterable<string>): Promise<Map<string, string>> {
    const rows = await this.rows([...new Set(commitments)]);
    return new Map(rows.map((row) => [row.commitment, unseal(row)]));
  }

  private async rows(commitments: readonly string[]): Promise<SealedValue[]> {
    if (commitments.length === 0) return [];
    const { rows } = await this.pool.query<SealedValue>(
      `select commitment, salt, ciphertext, key from ${this.table} where commitment = any($1)`,
      [commitments],
    );
    return rows;
  }
}
