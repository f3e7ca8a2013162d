import type { PartyName } from '../src/parties/domain/party-parts.js';
import type { RecordRow } from './record-row.js';

/** A party as answers name it: by its name of the day. */
export interface PartyShown {
  readonly id: string;
  readonly name: string | null;
  readonly code: string | null;
  /** Every name that the day may have, where the sources leave it open. */
  readonly names?: readonly string[];
  /** The city of a ward, the body of an organ. */
  readonly partOf?: string;
}

export class PartyNames {
  private readonly made = new Map<string, PartyShown>();

  /** @param rowOf the `name` row of a party on the day */
  constructor(private readonly rowOf: (id: string) => RecordRow | undefined) {}

  /** Those that were read. */
  static of(rows: readonly RecordRow[]): PartyNames {
    const names = new Map(
      rows.filter((it) => it.part === 'name' && it.holds).map((it) => [it.stream, it]),
    );
    return new PartyNames((id) => names.get(id));
  }

  shown(id: string): PartyShown {
    const made = this.made.get(id) ?? this.shownAs(id);
    this.made.set(id, made);
    return made;
  }

  private shownAs(id: string): PartyShown {
    const contents = (this.rowOf(id)?.contents ?? []).map((it) => it.content as PartyName);
    const names = [...new Set(contents.flatMap(({ name }) => name ?? []))];
    const [first] = contents;
    return {
      id,
      name: names[0] ?? null,
      code: first?.code ?? null,
      ...(names.length > 1 ? { names } : {}),
      ...(first?.partOf === undefined ? {} : { partOf: first.partOf }),
    };
  }
}
