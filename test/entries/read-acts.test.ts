import { describe, expect, test } from 'vitest';
import type { Reading } from '../../src/entries/domain/field.js';
import { readActs, readDispute } from '../../src/entries/domain/read-acts.js';
import { referencesOf } from '../../src/entries/domain/references.js';
import { Timeline } from '../../src/entries/domain/timeline.js';
import { idOf, numbered, StreamBuilder } from '../support/event-builder.js';
import { given } from '../support/given.js';

const yokohama = idOf('横浜市');
const kawasaki = idOf('川崎市');
const outline = {
  keeper: yokohama,
  title: '図書館の相互利用に関する協定',
  kind: 'agreement',
  fields: ['図書館'],
  parties: [{ party: yokohama }, { party: kawasaki }],
} as const;

interface Kept extends Reading {
  readonly sealedPaths: Map<string, string>;
}

function reading(): Kept {
  const sealedPaths = new Map<string, string>();
  return {
    faults: [],
    sealedPaths,
    seal(path, value) {
      sealedPaths.set(path, value);
      return { sealed: `commitment ${sealedPaths.size}` };
    },
  };
}

function read(acts: unknown, shared = {}, stream = new StreamBuilder('agreement', '読取')) {
  const into = reading();
  const timeline = new Timeline(numbered(stream.events));
  return { acts: readActs('agreement', acts, shared, timeline, into), into };
}

const faultsOf = (acts: unknown) => read(acts).into.faults.map((it) => [it.field, it.code]);

describe('an act as people write it', () => {
  test('is read with its dates in any form, its text to the letter', () => {
    const { acts, into } = read([
      { type: 'AgreementRegistered', acted: 'H29.2.7', data: { ...outline, title: '協定　書' } },
    ]);
    expect(into.faults).toEqual([]);
    expect(acts).toEqual([
      {
        type: 'AgreementRegistered',
        v: 1,
        acted: { edtf: '2017-02-07', text: 'H29.2.7' },
        data: { ...outline, title: '協定　書' },
      },
    ]);
  });

  test('takes what the entry says for all where it is silent itself', () => {
    const own = { document: '甲' };
    const { acts } = read(
      [
        { type: 'ServiceStarted', data: {} },
        { type: 'ServiceEnded', source: own, data: {} },
      ],
      { source: { document: '乙' } },
    );
    expect(acts.map((it) => it['source'])).toEqual([{ document: '乙' }, own]);
  });

  test('keeps only commitments of what is sealed', () => {
    const { acts, into } = read([
      { type: 'AgreementRegistered', reason: '理由', data: { ...outline, remark: '覚え' } },
    ]);
    expect(JSON.stringify(acts)).not.toMatch(/理由|覚え/);
    expect([...into.sealedPaths]).toEqual([
      ['acts[0].reason', '理由'],
      ['acts[0].data.remark', '覚え'],
    ]);
  });

  test('names every fault at once, by field and code', () => {
    const acts = [
      { type: 'AgreementRegistered', acted: '平成29年2月30日', data: { ...outline, kind: '契約' } },
      { type: 'AgreementUpdated', data: {} },
      { type: 'FacilitiesCounted', data: { of: '川崎市', count: -1, colour: '青' } },
    ];
    expect(faultsOf(acts)).toEqual([
      ['acts[0].acted', 'date/impossible'],
      ['acts[0].data.kind', 'field/word'],
      ['acts[1].type', 'act/unknown'],
      ['acts[2].data.colour', 'field/unknown'],
      ['acts[2].data.of', 'party/unknown'],
      ['acts[2].data.count', 'field/integer'],
    ]);
  });

  test.each([
    ['no list', {}],
    ['an empty list', []],
    ['too many acts', Array.from({ length: 201 }, () => ({ type: 'ReviewHeld' }))],
  ])('%s is no entry', (_, acts) => {
    expect(faultsOf(acts)).toEqual([['acts', 'entry/acts']]);
  });

  test('is no approval: that has a command of its own', () => {
    const data = { entry: idOf('登録票'), digest: '0'.repeat(64) };
    expect(faultsOf([{ type: 'EntryApproved', data }])).toEqual([['acts[0].type', 'act/unknown']]);
  });

  test('with a day that is impossible in the paper itself is taken as unknown, with its text', () => {
    const { acts, into } = read([
      { type: 'ServiceStarted', effective: { printed: '平成29年2月30日' }, data: {} },
    ]);
    expect(into.faults).toEqual([]);
    expect(acts[0]?.['effective']).toEqual({ tag: 'unknown', text: '平成29年2月30日' });
  });

  test('with a lone surrogate is refused', () => {
    expect(faultsOf([{ type: 'ReviewHeld', data: { summary: 'a\ud800' } }])).toEqual([
      ['acts[0].data.summary', 'field/not-text'],
    ]);
  });
});

describe('a correction as people write it', () => {
  const registered = () => {
    const it = new StreamBuilder('agreement', '訂正');
    it.act('AgreementRegistered', outline, { acted: '平成29年2月7日' });
    return it;
  };
  const correct = (it: StreamBuilder, ...fields: readonly object[]) =>
    read([{ type: 'FactCorrected', data: { event: it.events[0]?.id, fields } }], {}, it);

  test('holds the old value that the register has, and the new one as the field reads it', () => {
    const { acts } = correct(registered(), { field: 'acted', new: 'H29.2.8' });
    expect(acts[0]?.data).toMatchObject({
      fields: [
        {
          field: 'acted',
          old: { edtf: '2017-02-07' },
          new: { edtf: '2017-02-08', text: 'H29.2.8' },
        },
      ],
    });
  });

  test('may word the old date as it likes', () => {
    const field = { field: 'acted', old: 'H29.2.7', new: 'H29.2.8' };
    expect(correct(registered(), field).into.faults).toEqual([]);
  });

  test('of another old value than the register has is refused as stale', () => {
    given(registered())
      .when((it) => correct(it, { field: 'acted', old: '平成29年2月6日', new: 'H29.2.8' }))
      .refused('fact/changed', 'acts[0].data.fields[0].old');
  });

  test('seals the new value of a sealed field', () => {
    const { acts, into } = correct(registered(), { field: 'remark', new: '秘密の覚え' });
    expect(JSON.stringify(acts)).not.toContain('秘密の覚え');
    expect([...into.sealedPaths.values()]).toEqual(['秘密の覚え']);
  });

  test('of a sealed field seals nothing but the new value', () => {
    const it = new StreamBuilder('agreement', '封緘');
    it.act('AgreementRegistered', { ...outline, remark: { sealed: 'a'.repeat(64) } });
    const { into } = correct(it, { field: 'remark', old: '元の覚え', new: '新しい覚え' });
    expect(into.faults).toEqual([]);
    expect([...into.sealedPaths.values()]).toEqual(['新しい覚え']);
  });

  test.each([
    [{ field: 'keeper', new: kawasaki }, 'fact/unknown-field'],
    [{ field: 'colour', new: '青' }, 'fact/unknown-field'],
    [{ field: '__proto__', new: {} }, 'fact/unknown-field'],
    [{ field: 'title', new: outline.title }, 'fact/nothing-corrected'],
    [{ field: 'title' }, 'field/missing'],
    [{ field: 'title', new: 5 }, 'field/text'],
  ])('%j is refused', (field, code) => {
    expect(correct(registered(), field).into.faults.map((it) => it.code)).toEqual([code]);
  });

  test('names the original act, never another correction', () => {
    const it = registered();
    const correction = it.correct(it.events[0]!, { title: '別' });
    const data = { event: correction.id, fields: [{ field: 'fields', new: [] }] };
    given(it)
      .when((them) => read([{ type: 'FactCorrected', data }], {}, them))
      .refused('fact/not-an-act', 'acts[0].data.event');
  });

  test('is asked for the parties that it brings in', () => {
    const it = registered();
    const parties = [{ party: yokohama }, { party: idOf('鎌倉市') }];
    const correction = it.correct(it.events[0]!, { parties });
    const brought = referencesOf('agreement', correction, it.events[0]);
    expect(brought.map((ref) => [ref.id, ref.path])).toEqual([
      [yokohama, 'data.fields[0].new[0].party'],
      [idOf('鎌倉市'), 'data.fields[0].new[1].party'],
    ]);
  });
});

describe('a dispute as people write it', () => {
  test('reads its value by the field that it doubts', () => {
    const it = new StreamBuilder('agreement', '異議');
    const { id } = it.act('ServiceStarted', {}, { effective: '2017-03-01' });
    const into = reading();
    const raw = {
      event: id,
      fields: [{ field: 'effective', value: '平成29年4月' }, { field: 'field' }],
    };
    const read = readDispute('agreement', raw, new Timeline(numbered(it.events)), into);
    expect(into.faults).toEqual([]);
    expect(read?.data).toEqual({
      event: id,
      fields: [
        { field: 'effective', value: { edtf: '2017-04', text: '平成29年4月' } },
        { field: 'field' },
      ],
    });
  });
});
