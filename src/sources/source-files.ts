import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import type { StreamKind } from '../entries/domain/act-type.js';

/** One act of a source file and the place in its document where it stands. */
export interface Fact {
  readonly type: string;
  readonly place?: string;
  readonly quote?: string;
  readonly acted?: unknown;
  readonly effective?: unknown;
  readonly order?: number;
  readonly data: Readonly<Record<string, unknown>>;
  /** In parties.yaml, where each name comes from a document of its own. */
  readonly document?: string;
}

/** The acts of one entry: opening a stream, or `on` that of an earlier entry. */
export interface FactEntry {
  readonly key: string;
  readonly opens?: StreamKind;
  readonly on?: string;
  readonly acts: readonly Fact[];
  readonly document?: string;
}

export interface SourceDocument {
  readonly id: string;
  readonly title: string;
  readonly file: string;
  /** The days within which the document was written, EDTF. */
  readonly written: string;
}

export interface Sources {
  readonly documents: readonly SourceDocument[];
  /** The parties first, then document by document: references point backwards. */
  readonly entries: readonly FactEntry[];
}

interface SourceFile {
  readonly document?: SourceDocument;
  readonly entries?: readonly FactEntry[];
  readonly parties?: readonly FactEntry[];
}

/** The folder of the source documents that ship with the product. */
export function sourcesFolder(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'sources', 'parties.yaml'))) {
    const above = dirname(folder);
    if (above === folder) throw new Error('the folder sources/ is missing');
    folder = above;
  }
  return join(folder, 'sources');
}

/** Every fact of the source documents, in the order in which they are loaded. */
export function readSources(folder = sourcesFolder()): Sources {
  const files = readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .map((name) => parse(readFileSync(join(folder, name), 'utf8')) as SourceFile);
  const parties = files.flatMap((it) => it.parties ?? []);
  return {
    documents: files.flatMap((it) => it.document ?? []),
    entries: [
      ...parties.map((it) => ({ ...it, opens: 'party' as const })),
      ...files.flatMap(({ document, entries = [] }) =>
        entries.map((entry) => (document ? { ...entry, document: document.id } : entry)),
      ),
    ],
  };
}
