/** What the fold takes for granted where the source is silent (domain § 4 "Presumed"). */
export const presumptions = [
  'effect-on-conclusion',
  'continues',
  'existed',
  'as-reported',
  'residents',
  'last-day',
  'only-instrument',
  'in-order',
  'renewed-by-silence',
] as const;
export type Presumption = (typeof presumptions)[number];

export type Presuming = ReadonlySet<Presumption>;

export const presumeAll: Presuming = new Set(presumptions);
export const presumeNone: Presuming = new Set();
