import { counterVerdict, verdictWords } from '../../src/counter/domain/counter-verdict.js';
import {
  conditionsOn,
  eligibleByRules,
  itemsFor,
  tieWords,
} from '../../src/counter/domain/eligibility.js';
import { sentenceOf } from '../../src/counter/domain/sentence.js';
import { finding } from '../../src/entries/domain/finding.js';
import type { OwnRules } from '../../src/parties/domain/own-rules.js';
import { isTooMany, type Possible, type TooMany } from '../../src/time/possibility.js';
import { breaksAfter } from '../as-of-day.js';
import { bothHold, leftOpen } from '../../src/entries/domain/joined-findings.js';
import type { PersonalTie } from './asked.js';
import type { Basis } from './counter.answer.js';
import type { Judged, JudgedBasis } from './judged.js';
import { listed, unrecorded } from './listed.js';
import { nextChange } from './next-change.js';
import type { Telling } from './telling.js';

/** Nothing ties her to the body: only rules for anybody concern her. */
export type RulesTie = PersonalTie | { readonly tie: 'anyone'; readonly body: string };

/** What a body says of its own facilities; undefined where it says nothing of her on that day. */
export function judgedRules(
  body: string,
  tie: RulesTie,
  telling: Telling,
): JudgedBasis | undefined {
  const { parties } = telling;
  const part = `rules:${telling.purpose.field}`;
  const row = parties.on(body, part, telling.day);
  if (row === undefined) return undefined;
  const rules = row.contents as Possible<OwnRules | TooMany>;
  const said = rules.flatMap(({ content }) => (isTooMany(content) ? [] : (content.stated ?? [])));
  if (said.length === 0 && row.pending.length === 0) return undefined;
  const judged = judge(rules, row.pending, body, tie, telling, telling.day);
  if (tie.tie === 'anyone' && judged.finding.answer === 'no') return undefined;
  const tell = () => rulesBasis({ body, tie, rules, part }, judged, telling);
  return { judged, tie: tie.tie, tell };
}

interface Rules {
  readonly body: string;
  readonly tie: RulesTie;
  readonly rules: Possible<OwnRules | TooMany>;
  readonly part: string;
}

function rulesBasis({ body, tie, rules, part }: Rules, judged: Judged, telling: Telling): Basis {
  const { parties, names } = telling;
  const said = rules.flatMap(({ content }) => (isTooMany(content) ? [] : (content.stated ?? [])));
  const lists = {
    bring: listed(rules, 'bring', shown),
    limits: listed(rules, 'limits', shown),
    exclusions: listed(rules, 'exclusions', shown),
  };
  const { verdict, finding: found, pending, conditions } = judged;
  return {
    kind: 'ownRules',
    verdict,
    word: verdictWords[verdict],
    sentence: sentenceOf({
      verdict,
      tie: tie.tie,
      to: names.shown('named' in tie ? tie.named : body).name ?? body,
      partner: names.shown(body).name ?? body,
      purpose: telling.called,
      conditions,
      reasons: found.reasons,
      unrecorded: unrecorded(lists, null),
    }),
    eligibility: {
      tie: tie.tie,
      word: tieWords[tie.tie],
      to: names.shown(tie.body),
      stated: rules.flatMap(({ content }) =>
        isTooMany(content) ? [] : itemsFor(content, tie.tie),
      ),
    },
    ...(said[0]?.rule === undefined ? {} : { rule: said[0].rule }),
    clause: null,
    source: null,
    signed: null,
    serviceStart: null,
    nextChange: nextChange(
      { verdict, terms: textOf(rules) },
      breaksAfter(parties.rows(body, part), telling.day),
      (day) => {
        const later = parties.on(body, part, day);
        const then = (later?.contents ?? []) as Possible<OwnRules | TooMany>;
        const { verdict: changed } = judge(then, later?.pending ?? [], body, tie, telling, day);
        return { verdict: changed, terms: textOf(then) };
      },
    ),
    facilities: { count: null, claims: [], listed: null, difference: null, offered: [] },
    ...lists,
    contact: { party: names.shown(body), office: null, telephone: null },
    reasons: found.reasons,
    presumed: found.presumed,
    unknowns: found.unknowns,
    pending,
  };
}

/** What a body says of itself on its own stream is open to everybody. */
const shown = () => false;

function judge(
  rules: Possible<OwnRules | TooMany>,
  pending: readonly string[],
  body: string,
  { tie, ...how }: RulesTie,
  { incomplete, purpose }: Telling,
  day: number,
): Judged {
  const own = finding(eligibleByRules(rules, tie));
  const held = 'on' in how ? how.on(undefined, day).finding : undefined;
  let found = incomplete.weaken(bothHold(own, held), body);
  const part = 'how' in how && how.how === 'part';
  if (part && found.answer !== 'no') found = leftOpen(found, { code: 'part-only', events: [] });
  if (purpose.kind?.narrower === true && found.answer === 'yes') {
    found = leftOpen(found, { code: 'kind-not-recorded', events: [] });
  }
  if (pending.length > 0) {
    found = { ...found, reasons: [{ code: 'pending', events: [] }, ...found.reasons] };
  }
  const conditions = conditionsOn(rules, tie);
  const verdict = counterVerdict(found, {
    pending: pending.length > 0,
    conditional: conditions.length > 0,
  });
  return { finding: found, verdict, pending, conditions };
}

function textOf(rules: Possible<OwnRules | TooMany>): string {
  return JSON.stringify(rules.map((it) => it.content));
}
