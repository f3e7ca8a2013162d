import { describe, expect, test } from 'vitest';

import {
  conditionsOn,
  eligibleByRules,
  eligibleUnder,
  type TermsStated,
  type Tie,
} from '../../src/counter/domain/eligibility.js';
import { bestOf, counterVerdict } from '../../src/counter/domain/counter-verdict.js';
import { finding } from '../../src/entries/domain/finding.js';
import { certain } from '../../src/time/possibility.js';

const stated = (said: Omit<NonNullable<TermsStated['stated']>, 'by'>): TermsStated => ({
  stated: { by: 'terms', ...said },
});
const silent: TermsStated = { stated: null };
const residentsAndWorkers = stated({
  eligibility: [{ basis: 'resident' }, { basis: 'worker', condition: '市内に勤務する証明' }],
});

describe('利用資格 under an agreement', () => {
  test.each<[string, TermsStated, Tie, string, string]>([
    ['a silent paper is for residents', silent, 'resident', 'yes', 'eligible'],
    ['and for nobody else', silent, 'worker', 'no', 'not-eligible'],
    ['whoever is named is let in', residentsAndWorkers, 'worker', 'yes', 'eligible'],
    ['whoever is not named is not', residentsAndWorkers, 'student', 'no', 'not-eligible'],
    [
      '誰でも lets in everybody',
      stated({ eligibility: [{ basis: 'anyone' }] }),
      'student',
      'yes',
      'eligible',
    ],
    [
      'an exclusion counts more than 誰でも',
      stated({ eligibility: [{ basis: 'anyone' }], excluded: [{ basis: 'student' }] }),
      'student',
      'no',
      'excluded',
    ],
  ])('%s', (_, terms, tie, answer, code) => {
    const { answer: found, reasons } = finding(eligibleUnder(certain(terms), tie));
    expect([found, reasons[0]?.code]).toEqual([answer, code]);
  });

  test('what the paper does not say is presumed, and shown', () => {
    expect(finding(eligibleUnder(certain(silent), 'resident')).presumed).toEqual(['residents']);
    expect(finding(eligibleUnder(certain(residentsAndWorkers), 'resident')).presumed).toEqual([]);
    expect(finding(eligibleUnder([], 'worker')).presumed).toEqual(['residents']);
  });

  test('terms that two sources give differently leave it open where they let in differently', () => {
    const either = [
      { content: residentsAndWorkers, worlds: [{ 'd:x:eligibility': 'x' }] },
      {
        content: stated({ eligibility: [{ basis: 'resident' }] }),
        worlds: [{ 'd:x:eligibility': 'y' }],
      },
    ];
    expect(finding(eligibleUnder(either, 'worker')).answer).toBe('undetermined');
    expect(finding(eligibleUnder(either, 'resident')).answer).toBe('yes');
  });
});

test("a body's own rules that say nothing leave it open", () => {
  expect(finding(eligibleByRules(certain(silent), 'resident')).answer).toBe('undetermined');
  expect(finding(eligibleByRules(certain(residentsAndWorkers), 'worker')).answer).toBe('yes');
});

test('a condition counts where all that speaks of the tie has one', () => {
  expect(conditionsOn(certain(residentsAndWorkers), 'worker')).toEqual(['市内に勤務する証明']);
  expect(conditionsOn(certain(residentsAndWorkers), 'resident')).toEqual([]);
});

describe('判定', () => {
  test.each([
    ['yes', false, false, 'usable'],
    ['yes', false, true, 'conditional'],
    ['yes', true, false, 'check'],
    ['no', false, true, 'unusable'],
    ['no', true, false, 'check'],
    ['undetermined', false, true, 'check'],
  ] as const)('%s, pending %s, conditional %s: %s', (answer, pending, conditional, expected) => {
    expect(counterVerdict({ answer }, { pending, conditional })).toBe(expected);
  });

  test('unknown is never shown as no: 確認が必要 leads before 使えません', () => {
    expect(bestOf(['unusable', 'check'])).toBe('check');
    expect(bestOf(['check', 'usable', 'conditional'])).toBe('usable');
    expect(bestOf([])).toBeUndefined();
  });
});
