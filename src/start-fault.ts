import { ClockSkewed, StoreUnavailable, UnexpectedHistory } from './event-sourcing/event-store.js';
import { problemOf } from './http/problem-of.js';

/** Says on the console why the application did not start, and gives the exit code. */
export function tellStartFault(fault: unknown): number {
  const { code, text, exitCode } = startFault(fault);
  console.error(`結を起動できません（${code}）。\n${text}`);
  return exitCode;
}

interface StartFault {
  readonly code: string;
  readonly text: string;
  readonly exitCode: number;
}

const listening: Readonly<Record<string, readonly [code: string, text: string]>> = {
  EADDRINUSE: [
    'listen/port-taken',
    'このポートはほかのプログラムが使っています。PORT に別の番号を指定してください。',
  ],
  EACCES: [
    'listen/not-permitted',
    'このポートを使う権限がありません。PORT に1024以上の番号を指定してください。',
  ],
  EADDRNOTAVAIL: [
    'listen/no-such-address',
    'このアドレスはこの機械にありません。HOST を確かめてください。',
  ],
  ENOTFOUND: ['listen/no-such-host', 'このホスト名は見つかりません。HOST を確かめてください。'],
};

function startFault(fault: unknown): StartFault {
  if (!(fault instanceof Error)) {
    return { code: 'start/fault', text: String(fault), exitCode: 70 };
  }
  if (fault instanceof ClockSkewed) {
    const { code, detail } = problemOf(fault);
    return { code, text: detail, exitCode: 75 };
  }
  if (fault instanceof StoreUnavailable) {
    const text = `保存先を開けません(${fault.message})。保存先が動いていることと、接続の設定を確かめてください。`;
    return { code: 'store/unavailable', text, exitCode: 75 };
  }
  if (fault instanceof UnexpectedHistory) {
    return { code: 'store/other-history', text: otherHistory(fault), exitCode: 78 };
  }
  const code = 'code' in fault && typeof fault.code === 'string' ? fault.code : undefined;
  const known = code === undefined ? undefined : listening[code];
  if (known !== undefined && isListening(fault)) {
    return { code: known[0], text: known[1], exitCode: 69 };
  }
  const given = 'exitCode' in fault && typeof fault.exitCode === 'number' ? fault.exitCode : 70;
  // Our own faults have a code and a sentence; any other is told as the program knows it.
  if (code?.includes('/')) return { code, text: fault.message, exitCode: given };
  return { code: 'start/fault', text: fault.stack ?? fault.message, exitCode: given };
}

function isListening(fault: Error): boolean {
  return 'syscall' in fault && (fault.syscall === 'listen' || fault.syscall === 'getaddrinfo');
}

function otherHistory({ message }: UnexpectedHistory): string {
  return `\
保存先の記録が、この登録簿が前に見たものと異なります(${message})。
別の保存先を指しているか、古いバックアップから戻されています。戻したのなら docs/operation.md の「戻す」のとおり、
「npm run cli -- rebuild」で台帳を作り直してから起動してください。`;
}
