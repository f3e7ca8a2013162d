import { list, open, optional, record, type DataOf } from '../../entries/domain/field.js';
import { text, word } from '../../entries/domain/field-kinds.js';

/** 利用資格: what ties a person to a body — 在住, 在勤, 在学 — or nothing at all (domain § 2). */
export const eligibilityBases = ['resident', 'worker', 'student', 'anyone'] as const;
export type EligibilityBasis = (typeof eligibilityBases)[number];

/** 利用条件: the same under an agreement and by a body's own rules. */
export const termsOfUse = {
  eligibility: list(
    record({
      basis: open(word(...eligibilityBases)),
      service: optional(open(text(200))),
      /** What must be met beside the basis: whoever relies on it may use only 条件つき. */
      condition: optional(open(text(500))),
    }),
    1,
  ),
  bring: optional(list(open(text(200)))),
  limits: optional(list(open(text(500)))),
  exclusions: optional(list(open(text(500)))),
  /** Who is excluded, by what ties him: counts more than an eligibility. */
  excluded: optional(
    list(record({ basis: open(word(...eligibilityBases)), ground: optional(open(text(500))) }), 1),
  ),
};

export type TermsOfUse = DataOf<typeof termsOfUse>;
