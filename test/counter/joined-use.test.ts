import { expect, test } from 'vitest';

import { joinedUse } from '../../projections/counter/use-under.js';
import { allOf, finding, verdict, type Verdicts } from '../../src/entries/domain/finding.js';
import { certain } from '../../src/time/possibility.js';

/** A bond of which twenty days are open, each of its own. */
function open(name: string): Verdicts {
  const answers = ['yes', 'no'] as const;
  return answers.map((answer, i) => ({
    content: verdict(answer, answer === 'yes' ? 'bound' : 'left', [name]),
    worlds: Array.from({ length: 20 }, (_, j) => ({ [`b:${name}${j}`]: i === 0 ? 'y' : 'n' })),
  }));
}

test('a certain no was lost behind more ways of the bonds than are joined', () => {
  const given = {
    binds: [open('a'), open('b')] as const,
    beside: [certain(verdict('yes', 'bound'))],
  };
  expect(finding(joinedUse(given)).reasons).toContainEqual({
    code: 'too-many-possibilities',
    events: [],
  });
  const no = certain(verdict('no', 'not-eligible'));
  expect(finding(allOf(joinedUse(given), no)).answer).toBe('no');
  expect(finding(joinedUse({ ...given, beside: [no] })).answer).toBe('no');
});
