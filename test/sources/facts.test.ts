import { describe, expect, test } from 'vitest';
import { actType } from '../../src/entries/domain/catalogue.js';
import { readRecord } from '../../src/entries/domain/field.js';
import { date } from '../../src/entries/domain/field-kinds.js';
import { readDate } from '../../src/time/read-date.js';
import { leavesOf, reading, resolves, withIds } from './fact-data.js';
import { documents, entries, facts, kindOf, named, textOf, unspaced } from './fact-files.js';

/** The words of a date: as typed, or the text beside its EDTF. */
function wordsOf(raw: unknown): string {
  return typeof raw === 'string' ? raw : (raw as { readonly text: string }).text;
}

function shapeOf(fact: (typeof facts)[number]) {
  const act = actType(fact.kind, fact.type);
  if (!act) throw new Error(`no act ${fact.type} on ${fact.kind}`);
  return act.shape;
}

function standsIn(document: string, words: string): boolean {
  return unspaced(textOf(document)).includes(unspaced(words));
}

describe('the facts of the five documents', () => {
  test('all five documents are told, each with the span in which it was written', () => {
    expect(documents.map((it) => it.id)).toEqual(['000', '001', '002', '003', '004']);
    for (const it of documents) expect(readDate(it.written), it.id).toMatchObject({ ok: true });
  });

  test('each fact names its document and its place', () => {
    expect(facts.filter((it) => !it.place || !it.document).map(named)).toEqual([]);
  });

  test('each fact but a disclosure quotes its document to the letter', () => {
    const lost = facts
      .filter((it) => it.type !== 'DisclosureDecided')
      .filter((it) => !it.quote || !standsIn(it.document, it.quote));
    expect(lost.map(named)).toEqual([]);
  });

  test('each date stands in its document as it is written here', () => {
    const dates = facts.flatMap((fact) =>
      [
        fact.acted,
        fact.effective,
        ...leavesOf(shapeOf(fact), fact.data)
          .filter((it) => it.kind === 'date')
          .map((it) => it.value),
      ]
        .filter((raw) => raw !== undefined)
        .map((raw) => ({ fact, raw })),
    );
    expect(dates.length).toBeGreaterThan(60);
    const lost = dates.filter(({ fact, raw }) => !standsIn(fact.document, wordsOf(raw)));
    expect(lost.map(({ fact, raw }) => `${named(fact)} ${wordsOf(raw)}`)).toEqual([]);
  });

  test('each date can be read', () => {
    const faults = facts.flatMap((fact) => {
      const read = reading();
      for (const raw of [fact.acted, fact.effective]) {
        if (raw !== undefined) date().read(raw, named(fact), read);
      }
      return read.faults;
    });
    expect(faults).toEqual([]);
  });

  test('the data of each fact are what its act can hold', () => {
    const faults = facts.flatMap((fact) => {
      const shape = shapeOf(fact);
      const read = reading();
      readRecord(shape, withIds(shape, fact.data), named(fact), read);
      return read.faults;
    });
    expect(faults).toEqual([]);
  });

  test('each party referred to is registered', () => {
    const unknown = facts.flatMap((fact) =>
      leavesOf(shapeOf(fact), fact.data)
        .filter((it) => it.kind === 'party' && !resolves(it.value))
        .map((it) => `${named(fact)} ${String(it.value)}`),
    );
    expect(unknown).toEqual([]);
  });

  test('each key is used once, and an entry stands on an earlier one', () => {
    const seen = new Set<string>();
    for (const entry of entries) {
      expect(seen.has(entry.key), entry.key).toBe(false);
      expect(entry.key).toMatch(/^[a-z0-9-]+$/);
      if (entry.on) expect(seen.has(entry.on), entry.key).toBe(true);
      seen.add(entry.key);
    }
  });

  test('the first act of a new stream opens it, and no other act does', () => {
    for (const entry of entries) {
      const opens = entry.acts.map((it) => actType(kindOf(entry), it.type)?.opens === true);
      expect(opens, entry.key).toEqual(entry.acts.map((_, i) => i === 0 && !entry.on));
    }
  });

  test('each agreement is disclosed once, as public documents are', () => {
    const agreements = entries.filter((it) => it.opens === 'agreement');
    expect(agreements.length).toBeGreaterThan(50);
    for (const entry of agreements) {
      const decided = entry.acts.filter((it) => it.type === 'DisclosureDecided');
      expect(decided.map((it) => it.data['disclosed'])).toEqual([true]);
    }
  });

  test('everything printed beside a figure stands in its document', () => {
    const lost = facts.flatMap((fact) => {
      const figures = (fact.data['figures'] ?? []) as readonly { readonly printed: string }[];
      return figures
        .filter((it) => !standsIn(fact.document, it.printed))
        .map((it) => `${named(fact)} ${it.printed}`);
    });
    expect(lost).toEqual([]);
  });

  test('no natural person is named but the mayors', () => {
    const holders = facts.flatMap((fact) => {
      const attendees = (fact.data['attendees'] ?? []) as readonly Record<string, unknown>[];
      return [fact.data, ...attendees].filter((it) => it['holder']).map((it) => ({ fact, it }));
    });
    expect(holders).toHaveLength(17);
    for (const { fact, it } of holders) {
      expect(it['office']).toMatch(/市長$/);
      expect(standsIn(fact.document, String(it['holder'])), String(it['holder'])).toBe(true);
    }
  });
});
