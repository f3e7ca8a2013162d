/**
 * A date as far as its source knows it. `edtf` is a day (2017-02-07), a month (2011-11), a year
 * (2015), one of a span of days ([2017-04-01..2018-03-31]) or an open one ([..2020-09-30]);
 * `text` is what the source says, to the letter. Unknown, none and without end are no EDTF.
 */
export type PartialDate =
  | { readonly edtf: string; readonly text?: string }
  | { readonly tag: 'unknown' | 'none' | 'endless'; readonly text?: string };
