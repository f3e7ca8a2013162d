import { expect, test } from 'vitest';

import {
  allOf,
  finding,
  verdict,
  type Finding,
  type Verdict,
  type Verdicts,
} from '../../src/entries/domain/finding.js';
import { bothHold } from '../../src/entries/domain/joined-findings.js';
import { plainAnswer } from '../../src/entries/domain/plain-answer.js';
import { certain } from '../../src/time/possibility.js';

const answers: readonly Verdict[] = [
  verdict('yes', 'bound', ['a']),
  verdict('no', 'left', ['b']),
  verdict('undetermined', 'topology-unknown'),
];

test('the plain answer is that of the finding that says why', () => {
  const parts = answers.map((it) => certain(it));
  const beside: readonly (Finding | undefined)[] = [undefined, ...parts.map((it) => finding(it))];
  for (const a of parts) {
    for (const b of parts) {
      for (const c of parts) {
        for (const hers of beside) {
          for (const theirs of beside) {
            const whole = bothHold(bothHold(finding(allOf(a, b, c)), hers), theirs);
            expect(plainAnswer([a, b, c], [hers, theirs])).toBe(whole.answer);
          }
        }
      }
    }
  }
});

test('an open part has no plain answer, even beside a no: too many ways leave everything open', () => {
  const open: Verdicts = [
    { content: answers[0]!, worlds: [{ 'b:x': 'y' }] },
    { content: answers[1]!, worlds: [{ 'b:x': 'n' }] },
  ];
  const no = certain(answers[1]!);
  expect(plainAnswer([no, open], [])).toBeUndefined();
  expect(plainAnswer([open], [finding(no)])).toBeUndefined();
});
