import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { StreamKind } from '../../src/entries/domain/act-type.js';
import {
  readSources,
  sourcesFolder,
  type Fact,
  type FactEntry,
} from '../../src/sources/source-files.js';

const folder = sourcesFolder();

/** In the order in which they are loaded: the parties first, then document by document. */
export const { documents, entries } = readSources(folder);

const texts = new Map(
  documents.map((it) => [it.id, readFileSync(join(folder, 'documents', it.file), 'utf8')]),
);

/** The words of a document, to the letter. */
export function textOf(id: string): string {
  const text = texts.get(id);
  if (text === undefined) throw new Error(`no document ${id}`);
  return text;
}

/** Line breaks and blanks of the pages do not count. */
export function unspaced(text: string): string {
  return text.replaceAll(/\s/gu, '');
}

export const partyEntries: readonly FactEntry[] = entries.filter((it) => it.opens === 'party');

export interface PlacedFact extends Fact {
  readonly key: string;
  readonly kind: StreamKind;
  readonly document: string;
}

const byKey = new Map(entries.map((it) => [it.key, it]));

/** The kind of stream an entry writes: its own, or that of the entry it stands on. */
export function kindOf(entry: FactEntry): StreamKind {
  const opened = entry.opens ?? byKey.get(entry.on ?? '')?.opens;
  if (!opened) throw new Error(`${entry.key} stands on nothing`);
  return opened;
}

export const facts: readonly PlacedFact[] = entries.flatMap((entry) =>
  entry.acts.map((it) => ({
    ...it,
    key: entry.key,
    kind: kindOf(entry),
    document: it.document ?? entry.document ?? '',
  })),
);

/** How a fact is named where a test speaks of it. */
export function named(fact: PlacedFact): string {
  return `${fact.document} ${fact.key} ${fact.type} ${fact.place ?? ''}`;
}
