import { readReason, type ReadOnlyReason } from './read-only-reason.js';

/** The application must not start on this store. Exit codes of sysexits.h. */
export class NotHere extends Error {
  override readonly name = 'NotHere';

  constructor(
    readonly code: 'register/moved' | 'register/arriving',
    readonly exitCode: 75 | 78,
    text: string,
  ) {
    super(text);
  }
}

/**
 * Refuses a store that holds only an earlier part of a register that lives elsewhere: its answers would
 * be old ones. @returns what a person must know who starts on a store that takes no appends
 * @throws NotHere
 */
export function refuseMoved(readOnly: string | null): string | undefined {
  if (readOnly === null) return undefined;
  const reason = readReason(readOnly);
  switch (reason.kind) {
    case 'moved':
      throw new NotHere('register/moved', 78, moved(reason));
    case 'arriving':
      throw new NotHere('register/arriving', 75, arriving(reason));
    case 'moving':
      return moving(reason);
    case 'other':
      return `保存先は読み取り専用です(${reason.place})。登録は受け付けません。`;
  }
}

const moved = ({ place }: ReadOnlyReason) => `\
この登録簿は ${place} へ移りました。EVENTSTORE_CONNECTION_STRING か DATABASE_URL をそこに合わせて起動してください。
ここへ戻すときは「npm run cli -- move --from <今の保存先> --to <ここ> …」です。`;

const arriving = ({ place }: ReadOnlyReason) => `\
${place} の登録簿をここへ写している途中です。「npm run cli -- move」が終わってから起動してください。
途中で止まったときは、同じコマンドをもう一度実行すると続きから進みます。`;

const moving = ({ place }: ReadOnlyReason) => `\
登録簿を ${place} へ移す途中のため、閲覧だけができます。登録は受け付けません。
途中で止まったときは、同じ「npm run cli -- move …」をもう一度実行するか、「npm run cli -- move --cancel --from <ここ>」で取りやめてください。`;
