import { readdirSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { StreamKind } from '../../src/entries/domain/act-type.js';

/** One act of a source file, with the entry it stands in and the text it was read from. */
export interface Fact {
  readonly type: string;
  readonly place?: string;
  readonly quote?: string;
  readonly acted?: unknown;
  readonly effective?: unknown;
  readonly data: Readonly<Record<string, unknown>>;
  /** In parties.yaml, where each name comes from a document of its own. */
  readonly document?: string;
}

export interface FactEntry {
  readonly key: string;
  readonly opens?: StreamKind;
  readonly on?: string;
  readonly acts: readonly Fact[];
  readonly document?: string;
}

export interface Document {
  readonly id: string;
  readonly title: string;
  readonly file: string;
  readonly written: string;
}

interface SourceFile {
  readonly document?: Document;
  readonly entries?: readonly FactEntry[];
  readonly parties?: readonly FactEntry[];
}

const folder = new URL('../../sources/', import.meta.url);

const files = readdirSync(folder)
  .filter((name) => name.endsWith('.yaml'))
  .sort()
  .map((name) => parse(readFileSync(new URL(name, folder), 'utf8')) as SourceFile);

export const documents: readonly Document[] = files.flatMap((it) => it.document ?? []);

const texts = new Map(
  documents.map((it) => [it.id, readFileSync(new URL(`documents/${it.file}`, folder), 'utf8')]),
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

export const partyEntries: readonly FactEntry[] = files
  .flatMap((it) => it.parties ?? [])
  .map((it) => ({ ...it, opens: 'party' as const }));

/** In the order in which they are loaded: the parties first, then document by document. */
export const entries: readonly FactEntry[] = [
  ...partyEntries,
  ...files.flatMap(({ document, entries = [] }) =>
    entries.map((entry) => (document ? { ...entry, document: document.id } : entry)),
  ),
];

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
