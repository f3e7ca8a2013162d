import type { CommandBus } from '@nestjs/cqrs';

import { commandId, streamId } from '../entries/command-identity.js';
import type { CodeHolder } from './code-holders.js';
import { approvalKey, enterAndApprove, type Loaders } from './enter-and-approve.js';
import { assignment, location, registration, succession } from './listed-acts.js';
import { codesOf, type ListedBody, type NationalList } from './national-list.js';
import type { PartiesOnRecord } from './parties-on-record.js';
import { sideBySide } from './side-by-side.js';

export interface PartiesLoaded {
  readonly bodies: number;
  /** Entries that were not there before; loading twice adds none. */
  readonly added: number;
  /** Bodies taken for on record by an entry that waits: if it is rejected they are missing. */
  readonly waiting: number;
}

/** Commands under way at once: they go out together in few transactions, and leave room for others. */
const AT_ONCE = 32;

interface Step {
  readonly key: string;
  /** The stream that it goes to; absent where it opens one. */
  readonly id: string | undefined;
  readonly act: () => unknown;
}

/**
 * Registers every body of the national list that the register has not, by a code that somebody has on
 * the day of the list, each with an entry and
 * an approval of its own, and where the office of the others is; then the codes that they got later,
 * then who succeeded whom.
 */
export async function loadParties(
  bus: CommandBus,
  { bodies, successions }: NationalList,
  { loaders, onRecord }: { readonly loaders: Loaders; readonly onRecord: PartiesOnRecord },
  onProgress: (done: number, of: number) => void = () => undefined,
): Promise<PartiesLoaded> {
  const places = new Places(bodies, loaders, onRecord);
  const idOf = (code: string) => places.idOf(code);
  const own = bodies.filter((it) => !places.isThere(it));
  const opening = (body: ListedBody): Step => {
    return { key: keyOf(body.code), id: places.given(body), act: () => registration(body, idOf) };
  };
  const cities = own.filter((it) => it.partOf === undefined).map(opening);
  const wards = own.filter((it) => it.partOf !== undefined).map(opening);
  const elsewhere = bodies
    .filter((it) => places.isThere(it) && !onRecord.located.has(idOf(it.code)))
    .flatMap((it): readonly Step[] => {
      const act = location(it);
      const key = `${keyOf(it.code)}:office`;
      return act === undefined ? [] : [{ key, id: idOf(it.code), act: () => act }];
    });
  const later = own.flatMap(({ code, laterCodes }) =>
    laterCodes.map((it): Step => {
      return { key: keyOf(it.code), id: idOf(code), act: () => assignment(it) };
    }),
  );
  const last = successions
    .filter(({ successor }) => own.some(({ code }) => code === successor))
    .map((it): Step => {
      const key = `${keyOf(it.successor)}:${it.manner}`;
      return { key, id: idOf(it.successor), act: () => succession(it, idOf) };
    });
  const rounds = [cities, wards, elsewhere, later, last];
  const missing = rounds.map((round) => round.filter((it) => !places.isIn(it)));
  const total = missing.reduce((sum, round) => sum + round.length, 0);
  let added = 0;
  for (const round of missing) {
    await sideBySide(round, AT_ONCE, async ({ key, id, act }) => {
      await enterAndApprove(bus, loaders, { kind: 'party', id, acts: [act()], key });
      added += 1;
      onProgress(added, total);
    });
  }
  const waiting = bodies.filter((it) => places.waits(it)).length;
  return { bodies: bodies.length, added, waiting };
}

function keyOf(code: string): string {
  return `parties:${code}`;
}

/** Who has one of a body's codes, the newest first; one by what is approved before one by what waits. */
export function holderOf(body: ListedBody, { codes }: PartiesOnRecord): CodeHolder | undefined {
  const found = codesOf(body).flatMap((it) => codes.get(it) ?? []);
  return found.find((it) => !it.pending) ?? found[0];
}

/** Which stream a body of the list has, or will have. */
class Places {
  private readonly ids: ReadonlyMap<string, string>;

  constructor(
    private readonly bodies: readonly ListedBody[],
    private readonly loaders: Loaders,
    private readonly onRecord: PartiesOnRecord,
  ) {
    this.ids = new Map(bodies.map((it) => [it.code, this.placeOf(it)]));
  }

  idOf(code: string): string {
    const id = this.ids.get(code);
    if (id === undefined) throw new Error(`the list of parties has no code ${code}`);
    return id;
  }

  /** Somebody else registered it, under one of its codes or as the operator. */
  isThere(body: ListedBody): boolean {
    if (this.isMine(body)) return false;
    return this.holder(body) !== undefined || this.onRecord.begun.has(this.idOf(body.code));
  }

  /** It is somebody else's as long as an entry is not rejected. */
  waits(body: ListedBody): boolean {
    return !this.isMine(body) && this.holder(body)?.pending === true;
  }

  /** The operator's id was made when the register was opened. */
  given({ code }: ListedBody): string | undefined {
    return this.idOf(code) === this.loaders.operator ? this.loaders.operator : undefined;
  }

  /** Entered and approved already. */
  isIn({ key, id }: Step): boolean {
    const { approver } = this.loaders;
    const target = `EntryApproved party ${id ?? this.opened(key)}`;
    const command = commandId({
      account: approver.account,
      target,
      idempotencyKey: approvalKey(key),
    });
    return this.onRecord.commands.has(command);
  }

  private placeOf(body: ListedBody): string {
    const own = this.own(body);
    return this.isMine(body) ? own : (this.holder(body)?.id ?? own);
  }

  /** The stream that it has where nobody else registered it. */
  private own(body: ListedBody): string {
    const { operator, operatorName } = this.loaders;
    if (body.kind === 'ward' || body.name !== operatorName) return this.opened(keyOf(body.code));
    const named = this.bodies.filter((it) => it.kind !== 'ward' && it.name === operatorName);
    return named.length === 1 ? operator : this.opened(keyOf(body.code));
  }

  private isMine(body: ListedBody): boolean {
    const { operator } = this.loaders;
    const given = this.own(body) === operator ? operator : undefined;
    return this.onRecord.commands.has(this.command(keyOf(body.code), given));
  }

  private holder(body: ListedBody): CodeHolder | undefined {
    return holderOf(body, this.onRecord);
  }

  private opened(key: string): string {
    return streamId(this.command(key, undefined));
  }

  private command(key: string, id: string | undefined): string {
    const { account } = this.loaders.registrar;
    return commandId({ account, target: `enter party ${id ?? ''}`, idempotencyKey: key });
  }
}
