import { open, optional, record, sealed, type DataOf, type Shape } from './field.js';
import { date, integer, text, word } from './field-kinds.js';

const source = record({
  document: open(text(300)),
  place: optional(open(text(300))),
  written: optional(open(date())),
  quote: optional(open(text(2000))),
});

const authority = record({
  kind: open(word('resolution', 'delegated', 'approval', 'ordinance', 'source', 'other')),
  number: optional(open(text(100))),
  date: optional(open(date())),
});

/** What every act may say beside its own data; free reasons are sealed (domain § 8). */
export const actEnvelope = {
  acted: optional(open(date())),
  effective: optional(open(date())),
  order: optional(open(integer(0, 10_000))),
  authority: optional(authority),
  source: optional(source),
  reason: optional(sealed(text(4000))),
} satisfies Shape;

export type ActEnvelope = DataOf<typeof actEnvelope>;

/** The acts of one entry, at most 200. */
export const mostActs = 200;
