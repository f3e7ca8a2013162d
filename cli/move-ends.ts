import type { End } from '../src/move/open-place.js';
import { type Place, readPlace, secretsIn, showsPassword } from '../src/move/place.js';
import { UsageFault } from './command.js';

export interface GivenEnds {
  readonly from: string;
  readonly to: string;
  readonly fromDatabase: string;
  readonly toDatabase: string;
}

/**
 * The two ends as the words say them; an empty word is one that was not given. The database of events
 * that are kept in EventStoreDB is the other end's unless it is named.
 * @throws UsageFault, Refusal `move/place`
 */
export function readEnds(
  given: GivenEnds,
  environment: NodeJS.ProcessEnv,
): { readonly from: End; readonly to: End | undefined } {
  const read = (option: string, text: string) =>
    text === '' ? undefined : readPlace(option, text, environment);
  const from = readPlace('from', given.from, environment);
  const to = read('to', given.to);
  const databases = {
    from: read('from-database', given.fromDatabase),
    to: read('to-database', given.toDatabase),
  };
  return {
    from: endOf('from', from, databases.from, to, databases.to),
    to: to && endOf('to', to, databases.to, from, databases.from),
  };
}

/** Whether a password stands on the command line itself, and all that must never be printed. */
export function secretsOf(
  args: readonly string[],
  environment: NodeJS.ProcessEnv,
): { readonly shown: boolean; readonly secrets: readonly string[] } {
  const words = args.map((it) => it.replace(/^--[a-z-]+=/, ''));
  const values = words.map((it) =>
    it.startsWith('env:') ? (environment[it.slice('env:'.length)] ?? '') : it,
  );
  return { shown: words.some(showsPassword), secrets: values.flatMap(secretsIn) };
}

function endOf(
  name: 'from' | 'to',
  place: Place,
  named: Place | undefined,
  other: Place | undefined,
  otherNamed: Place | undefined,
): End {
  if (place.kind !== 'eventstoredb') {
    if (named === undefined) return { place, database: place };
    throw new UsageFault(`--${name}-database は、EventStoreDB の側にだけ指定します。`);
  }
  const database = named ?? (other?.kind === 'eventstoredb' ? otherNamed : other);
  if (database === undefined) {
    throw new UsageFault(
      `--${name}-database に、台帳・非公開の値・アカウントを置く PostgreSQL を指定してください。`,
    );
  }
  if (database.kind !== 'eventstoredb') return { place, database };
  throw new UsageFault(`--${name}-database には PostgreSQL か embedded を指定してください。`);
}
