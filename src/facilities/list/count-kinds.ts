import { comparable } from './comparable.js';
import { grouped } from './grouped.js';
import type { Cells } from './record.js';

/** Names of the kinds of facilities by their POI codes: 1512 is 図書館. */
export type PoiKinds = ReadonlyMap<string, string>;

/** How many rows name a kind, in the POI code or as the remarks have it printed. */
export interface KindCount {
  readonly by: 'poi' | 'note';
  /** The cell's text. */
  readonly kind: string;
  /** What the POI code means; null for a remark or an unknown code. */
  readonly name: string | null;
  /** Rows of the list that name it, refused ones included. */
  readonly listed: number;
  readonly taken: number;
}

/** A count that somebody states, beside the list's own. Neither changes the other. */
export interface StatedCount {
  readonly kind: string;
  readonly stated: number;
  readonly listed: number;
  readonly taken: number;
  /** `listed` less `stated`. */
  readonly difference: number;
}

export interface Stated {
  /** 図書館, or a POI code. */
  readonly kind: string;
  readonly count: number;
}

export interface Counted {
  readonly cells: Cells;
  readonly taken: boolean;
}

export function countKinds(rows: readonly Counted[], poi: PoiKinds): readonly KindCount[] {
  return (['poi', 'note'] as const).flatMap((by) =>
    [...grouped(rows, ({ cells }) => cells[by]?.text)].map(([kind, of]) => {
      const name = by === 'poi' ? (poi.get(kind) ?? null) : null;
      return { by, kind, name, ...counts(of) };
    }),
  );
}

/** A row is of a stated kind when its POI code, that code's name or its remark is the kind. */
export function compareStated(
  stated: readonly Stated[],
  rows: readonly Counted[],
  poi: PoiKinds,
): readonly StatedCount[] {
  return stated.map(({ kind, count }) => {
    const sought = comparable(kind);
    const own = counts(
      rows.filter(({ cells }) =>
        [cells.poi?.text, poi.get(cells.poi?.text ?? ''), cells.note?.text].some(
          (it) => it !== undefined && comparable(it) === sought,
        ),
      ),
    );
    return { kind, stated: count, ...own, difference: own.listed - count };
  });
}

function counts(rows: readonly Counted[]): { readonly listed: number; readonly taken: number } {
  return { listed: rows.length, taken: rows.filter((it) => it.taken).length };
}
