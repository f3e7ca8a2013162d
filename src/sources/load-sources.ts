import type { CommandBus } from '@nestjs/cqrs';
import type { CommandResult } from '../entries/command-result.js';
import type { StreamKind } from '../entries/domain/act-type.js';
import { enterAndApprove, type Loaders } from './enter-and-approve.js';
import type { Fact, FactEntry, SourceDocument, Sources } from './source-files.js';
import { referencesIn, withIds } from './source-references.js';

export interface Loaded {
  readonly entries: number;
  /** Entries that were not there before; loading twice adds nothing. */
  readonly added: number;
}

/**
 * Loads the source documents through the ordinary commands: each entry is entered by one account and
 * approved by another. Entries of one stream follow each other, others go side by side.
 */
export async function loadSources(
  bus: CommandBus,
  { entries, documents }: Sources,
  loaders: Loaders,
  onProgress: (done: number, of: number) => void = () => undefined,
): Promise<Loaded> {
  const load = new Loading(bus, loaders, documents);
  let done = 0;
  let added = 0;
  const results = entries.map(async (entry) => {
    const { repeated } = await load.enter(entry);
    done += 1;
    if (!repeated) added += 1;
    onProgress(done, entries.length);
  });
  await Promise.all(results);
  return { entries: entries.length, added };
}

class Loading {
  private readonly ids = new Map<string, Promise<CommandResult>>();
  private readonly kinds = new Map<string, StreamKind>();
  private readonly roots = new Map<string, string>();
  private readonly last = new Map<string, Promise<CommandResult>>();

  constructor(
    private readonly bus: CommandBus,
    private readonly loaders: Loaders,
    private readonly documents: readonly SourceDocument[],
  ) {}

  /** Starts an entry as soon as what it refers to is in, and approves it. */
  enter(entry: FactEntry): Promise<CommandResult> {
    const root = entry.opens === undefined ? this.rootOf(entry.on ?? '') : entry.key;
    const kind = entry.opens ?? this.kinds.get(root) ?? 'agreement';
    this.kinds.set(entry.key, kind);
    this.roots.set(entry.key, root);
    const before = this.last.get(root);
    const running = this.carryOut(entry, kind, before);
    this.ids.set(entry.key, running);
    const name = kind === 'party' ? entry.acts[0]?.data['name'] : undefined;
    if (entry.opens !== undefined && typeof name === 'string') this.ids.set(name, running);
    this.last.set(root, running);
    return running;
  }

  private rootOf(key: string): string {
    return this.roots.get(key) ?? key;
  }

  private async carryOut(
    entry: FactEntry,
    kind: StreamKind,
    before: Promise<CommandResult> | undefined,
  ): Promise<CommandResult> {
    const id = before === undefined ? this.givenId(entry) : (await before).id;
    const acts = await Promise.all(entry.acts.map((it) => this.rawAct(kind, entry, it)));
    const key = `source:${entry.key}`;
    return enterAndApprove(this.bus, this.loaders, { kind, id, acts, key });
  }

  /** The operator's party id was made when the register was opened. */
  private givenId({ opens, acts }: FactEntry): string | undefined {
    const isOperator = opens === 'party' && acts[0]?.data['name'] === this.loaders.operatorName;
    return isOperator ? this.loaders.operator : undefined;
  }

  private async rawAct(kind: StreamKind, entry: FactEntry, fact: Fact): Promise<unknown> {
    const references = referencesIn(kind, fact);
    const known = new Map<string, string>();
    for (const it of references) known.set(it, await this.idOf(it, entry));
    const document = this.documents.find((it) => it.id === (fact.document ?? entry.document));
    const { type, acted, effective, order, place, quote } = fact;
    const said = { acted, effective, order };
    return {
      type,
      ...Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined)),
      source: {
        document: document === undefined ? '' : `${document.id} ${document.title}`,
        ...(document === undefined ? {} : { written: document.written }),
        ...(place === undefined ? {} : { place }),
        ...(quote === undefined ? {} : { quote }),
      },
      data: withIds(kind, fact, (it) => known.get(it) ?? it),
    };
  }

  private async idOf(reference: string, entry: FactEntry): Promise<string> {
    const found = this.ids.get(reference.replace(/^key:/, ''));
    if (found === undefined) throw new Error(`${entry.key}: nothing is called ${reference}`);
    return (await found).id;
  }
}
