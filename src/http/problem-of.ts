import { HttpException } from '@nestjs/common';

import { LedgerNotBuilt } from '../../projections/ledger-states.js';
import { Refusal } from '../entries/domain/refusal.js';
import {
  AppendOutcomeUnknown,
  ClockSkewed,
  ReadOnlyStore,
  RepeatedEventId,
  StoreUnavailable,
  UnexpectedHistory,
  UnstorableEvent,
  WrongExpectedRevision,
} from '../event-sourcing/event-store.js';
import { UnlawfulJson } from '../event-sourcing/lawful-json.js';
import { mayPass } from '../event-sourcing/postgres-faults.js';
import { whyReadOnly } from '../move/read-only-reason.js';
import type { Problem } from './problem.js';
import { problemOfRefusal } from './refusal-problem.js';
import { problemOfStatus, TransportRefusal } from './transport-problem.js';

const unavailable: Problem = {
  status: 503,
  code: 'store/unavailable',
  detail: '保存先に接続できません。何も登録されていません。しばらくしてからやり直してください。',
  retryAfter: 5,
};

const contended: Problem = {
  status: 503,
  code: 'store/contended',
  detail:
    '同じ記録への登録が重なり続けたため、登録できませんでした。同じ Idempotency-Key でやり直してください。',
  retryAfter: 1,
};

const otherHistory: Problem = {
  status: 503,
  code: 'store/other-history',
  detail:
    '保存先の記録が、これまでに答えてきたものと異なります。古いバックアップから戻された可能性があります。管理者に知らせてください。登録は受け付けていません。',
};

const outcomeUnknown: Problem = {
  status: 503,
  code: 'store/outcome-unknown',
  detail:
    '登録されたかどうか確かめられませんでした。同じ Idempotency-Key で同じ内容をもう一度送ってください。二重に登録されることはありません。',
  retryAfter: 5,
};

const unstorable: Problem = {
  status: 422,
  code: 'entry/unstorable',
  detail: '登録できる大きさ(事実1件64,000バイト、登録票1MiB)か形を超えています。',
};

const notBuilt: Problem = {
  status: 503,
  code: 'projection/not-built',
  detail: '台帳を準備しています。しばらくしてからやり直してください。',
  retryAfter: 2,
};

const unexpected: Problem = {
  status: 500,
  code: 'server/fault',
  detail: '予期しない誤りが起きました。要求の番号(instance)を管理者に知らせてください。',
};

function clockSkew(seconds: number): Problem {
  const way = seconds > 0 ? '進んで' : '遅れて';
  return {
    status: 503,
    code: 'store/clock-skew',
    detail: `このサーバーの時計が保存先の時計より${Math.round(Math.abs(seconds))}秒${way}いるため、登録を止めています。何も登録されていません。管理者に時刻合わせを頼み、その後でやり直してください。`,
    retryAfter: 30,
  };
}

/** What every failure says to whoever asked; a fault of ours says nothing of what is inside. */
export function problemOf(error: unknown): Problem {
  if (error instanceof Refusal) return problemOfRefusal(error);
  if (error instanceof TransportRefusal) return error.problem;
  if (error instanceof ClockSkewed) return clockSkew(error.seconds);
  if (error instanceof ReadOnlyStore) return readOnly(error);
  if (error instanceof StoreUnavailable) return unavailable;
  if (error instanceof WrongExpectedRevision || error instanceof RepeatedEventId) return contended;
  if (error instanceof UnexpectedHistory) return otherHistory;
  if (error instanceof AppendOutcomeUnknown) return outcomeUnknown;
  if (error instanceof UnstorableEvent || error instanceof UnlawfulJson) return unstorable;
  if (error instanceof LedgerNotBuilt) return notBuilt;
  if (isDatabaseGone(error)) return unavailable;
  return problemOfStatus(statusIn(error)) ?? unexpected;
}

function readOnly({ reason }: ReadOnlyStore): Problem {
  return {
    status: 503,
    code: 'store/read-only',
    detail: `保存先は読み取り専用です（${whyReadOnly(reason)}）。何も登録されていません。閲覧は続けられます。`,
    retryAfter: 60,
  };
}

/** Nest gives its own exceptions a method, Fastify its own a number. */
function statusIn(error: unknown): number {
  if (error instanceof HttpException) return error.getStatus();
  if (typeof error !== 'object' || error === null || !('statusCode' in error)) return 500;
  return typeof error.statusCode === 'number' ? error.statusCode : 500;
}

const networkCodes = /^(?:ECONN|EPIPE|ETIMEDOUT|ENOTFOUND|EHOSTUNREACH|ENOENT)/;

/** A read of the database that may succeed later: it is down, starting or full. */
function isDatabaseGone(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = 'code' in error ? String(error.code) : '';
  if (networkCodes.test(code)) return true;
  if (/^[0-9A-Z]{5}$/.test(code)) return mayPass(error);
  return /^(?:Connection terminated|timeout exceeded when trying to connect)/.test(error.message);
}
