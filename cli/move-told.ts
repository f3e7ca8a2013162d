import type { Moved, MoveOrder, Step } from '../src/move/move-order.js';
import type { Place } from '../src/move/place.js';
import type { Progress } from '../src/move/progress.js';
import type { Terminal } from './terminal.js';

const steps: Readonly<Record<Step, string>> = {
  comparing: '移転先にある記録が移転元と同じか確かめます。',
  'read-only': '移転元を読み取り専用にします。閲覧は続けられます。',
  office: '非公開の値、アカウント、APIトークン、閲覧の記録を写します。',
  copying: '記録を登録番号の順に写します。',
  proving: '両方を初めから読み、等しいことを確かめます。',
  ledgers: '台帳の位置を移転先に合わせ、登録簿を引き渡します。',
  recording: '移転を登録簿に記録します(RegisterMoved)。',
};

const names: Readonly<Record<Progress['step'], string>> = {
  comparing: '比較',
  copying: '写し',
  proving: '確認',
};

export function stepText(step: Step): string {
  return steps[step];
}

export function progressText({ step, done, of, perSecond, secondsLeft }: Progress): string {
  const share = of === 0 ? 100 : Math.floor((done / of) * 100);
  return `  ${names[step]} ${done}/${of}（${share}%）毎秒 ${perSecond} 件、残り約 ${secondsLeft} 秒`;
}

/** What came of it: one line of JSON on standard output, and what to do next. */
export function tellMoved(
  moved: Moved,
  { register, check, to }: MoveOrder,
  seconds: number,
  terminal: Terminal,
): void {
  const { left, events, found } = moved;
  if (check) {
    terminal.err(
      left === 'nothing'
        ? 'この移転は済んでいます。'
        : left === 'record'
          ? '写しは済んでいます。RegisterMoved の記録だけが残っています。'
          : `${events} 件の記録を移します(移転先にすでに ${found} 件)。何も変えていません。`,
    );
  } else {
    terminal.err(
      left === 'nothing'
        ? 'この移転は済んでいます。何も変えていません。'
        : `${events} 件の記録が等しいことを確かめ、移し終えました(${seconds} 秒)。ダイジェスト ${moved.digest}`,
    );
    for (const line of nextSteps(moved, to.place)) terminal.err(line);
  }
  const { office, recorded, ...rest } = moved;
  terminal.out(JSON.stringify({ ...rest, office, recorded, register, check, seconds }));
}

function nextSteps({ to, from, sameDatabase }: Moved, place: Place): readonly string[] {
  const address = to.replace(/\?register=.*$/, '');
  const setting =
    place.kind === 'eventstoredb'
      ? [`  EVENTSTORE_CONNECTION_STRING に ${address} の接続文字列`]
      : ['  EVENTSTORE_CONNECTION_STRING を外す'];
  const database =
    place.kind === 'embedded'
      ? ['  DATABASE_URL を外す(内蔵のデータベースを使う)']
      : place.kind === 'postgres'
        ? [`  DATABASE_URL に ${address} の接続文字列`]
        : [
            sameDatabase
              ? '  DATABASE_URL は今のまま'
              : '  DATABASE_URL に --to-database で指定した PostgreSQL',
          ];
  return [
    '次に、動いているアプリケーションを止め、次の設定で起動してください。',
    ...setting,
    ...database,
    `元の保存先(${from})は読み取り専用のまま残ります。そこではアプリケーションは起動しません。`,
  ];
}
