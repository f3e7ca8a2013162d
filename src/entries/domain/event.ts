import type { PartialDate } from '../../time/partial-date.js';
import type { Sealed } from './field.js';

export type Role = 'registrar' | 'approver' | 'auditor' | 'counter' | 'administrator';

/** Who acted: an opaque account id, in which role, for which body (a party's id). */
export interface Actor {
  readonly account: string;
  readonly role: Role;
  readonly body: string;
}

/** 出典: where the fact was read, and the day or span in which the document was written. */
export interface Source {
  readonly document: string;
  readonly place?: string;
  readonly written?: PartialDate;
  /** The words of the document, to the letter. */
  readonly quote?: string;
}

/** 根拠: on what authority the entry was made. */
export interface Authority {
  readonly kind: 'resolution' | 'delegated' | 'approval' | 'ordinance' | 'source' | 'other';
  readonly number?: string;
  readonly date?: PartialDate;
}

/** An event of the register, as its canonical text says it; `n` is the store's, not the text's. */
export interface RegisterEvent<T extends string = string, D = unknown> {
  readonly id: string;
  readonly stream: string;
  readonly revision: number;
  readonly type: T;
  /** Schema version of `data`. */
  readonly v: number;
  readonly data: D;
  /** When it was done in the world: signed, resolved. */
  readonly acted?: PartialDate;
  /** From when it has effect: in force, in service. */
  readonly effective?: PartialDate;
  /** Order among the acts of one paper, where the paper states it. */
  readonly order?: number;
  readonly recordedAt: string;
  /** The entry it belongs to; approvals, rejections, disputes and the register's own belong to none. */
  readonly entry?: string;
  /** One paper may touch several streams: its entries share this id. */
  readonly paper?: string;
  readonly actor: Actor;
  readonly authority?: Authority;
  readonly reason?: Sealed;
  readonly source?: Source;
  readonly correlation: string;
  readonly causation?: string;
  readonly command: { readonly id: string; readonly digest: string };
  /** Random, base64url: keeps a withheld event from being guessed. */
  readonly salt: string;
}

/** An event with its register number and the time of that number. */
export interface Numbered<E extends RegisterEvent = RegisterEvent> {
  readonly n: number;
  readonly at: string;
  readonly event: E;
}
