import {
  finding,
  verdict,
  verdicts,
  type Finding,
  type Verdict,
} from '../../src/entries/domain/finding.js';
import type { Described, Existence } from '../../src/facilities/domain/facility-parts.js';
import { comparable } from '../../src/facilities/list/comparable.js';
import { isTooMany, type Possible, type TooMany } from '../../src/time/possibility.js';
import type { ActOnRecord } from '../act-rows.js';
import type { Incomplete } from '../incomplete.js';
import { subjectOf, type RecordRow } from '../record-row.js';
import type { AttributeShown, ValueShown } from './facility.answer.js';

/** A facility as its rows tell it on one day, at one n. */
export class FacilityRecord {
  private readonly parts: ReadonlyMap<string, RecordRow>;

  constructor(
    readonly id: string,
    rows: readonly RecordRow[],
  ) {
    this.parts = new Map(rows.filter((it) => it.holds).map((it) => [it.part, it]));
  }

  /** Every description that the day may have, without those in which it has not begun. */
  get described(): readonly Described[] {
    const contents = (this.parts.get('facility')?.contents ?? []) as Possible<Described | TooMany>;
    return contents.flatMap(({ content }) =>
      isTooMany(content) || content.by.length === 0 ? [] : [content],
    );
  }

  get owner(): string | undefined {
    return this.described.find((it) => it.owner !== undefined)?.owner;
  }

  get pending(): readonly string[] {
    return [...new Set([...this.parts.values()].flatMap((it) => it.pending))];
  }

  get acts(): readonly (readonly [event: string, act: ActOnRecord])[] {
    return [...this.parts.values()]
      .flatMap(({ part, contents }) => {
        const [only] = contents;
        if (!part.startsWith('act:') || only === undefined) return [];
        return [[subjectOf(part), only.content as ActOnRecord] as const];
      })
      .sort(([, a], [, b]) => a.n - b.n);
  }

  open(incomplete: Incomplete): Finding {
    const contents = (this.parts.get('open')?.contents ?? []) as Possible<Existence | TooMany>;
    return incomplete.weaken(finding(verdicts(contents, existing)), this.id);
  }

  /** The value that every possibility gives, `undefined` where none or several do. */
  value(attribute: string): string | number | undefined {
    const values = this.described.map((it) => it.attributes[attribute]?.value);
    return new Set(values).size === 1 ? values[0] : undefined;
  }

  get attributes(): readonly AttributeShown[] {
    const all = this.described;
    const names = new Set(all.flatMap((it) => Object.keys(it.attributes)));
    return [...names].sort().map((attribute) => {
      const values = new Map<string, ValueShown>();
      for (const it of all) {
        const shown = this.shown(it, attribute);
        if (shown !== undefined) values.set(JSON.stringify(shown.value), shown);
      }
      const unsaid = all.some((it) => it.attributes[attribute] === undefined);
      return { attribute, values: [...values.values()], ...(unsaid ? { unsaid } : {}) };
    });
  }

  get undetermined(): readonly string[] {
    return this.attributes
      .filter((it) => it.values.length > 1 || it.unsaid === true)
      .map((it) => it.attribute);
  }

  /** Whether its POI code or remark may be one of the kinds on the day. */
  isOf(kinds: readonly string[]): boolean {
    const sought = new Set(kinds.map(comparable));
    return this.described.some(({ attributes }) =>
      [attributes['poi'], attributes['note']].some(
        (it) => it !== undefined && sought.has(comparable(String(it.value))),
      ),
    );
  }

  private shown({ attributes, rows }: Described, name: string): ValueShown | undefined {
    const found = attributes[name];
    if (found === undefined) return undefined;
    const { by, ...said } = found;
    const source = this.acts.find(([event]) => event === by)?.[1].source;
    return {
      ...said,
      event: by,
      ...rows[by],
      ...(source === undefined ? {} : { source }),
    };
  }
}

function existing({ state, by, presumed }: Existence): Verdict {
  switch (state) {
    case 'open':
      return { ...verdict('yes', 'facility-open', by), presumed };
    case 'closed':
      return { ...verdict('no', 'ended', by), presumed };
    case 'unsaid':
      return { ...verdict('undetermined', 'continuation-unsaid', by), presumed };
    case 'notOpened':
      return verdict('no', 'not-begun', by);
  }
}
