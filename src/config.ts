import { isIP } from 'node:net';
import { resolve } from 'node:path';

import { readAddress } from './event-sourcing/eventstoredb/address.js';

export const logLevels = ['error', 'warn', 'info', 'debug'] as const;
export type LogLevel = (typeof logLevels)[number];

/** Everything that the environment decides, read once and frozen. */
export interface Config {
  /** TCP port of the HTTP server; 0 lets the system choose. */
  readonly port: number;
  /** Address to listen on: 127.0.0.1 unless set, so that nothing is served to a network by accident. */
  readonly host: string;
  /** Absolute path of the directory for everything that is kept outside a configured database. */
  readonly data: string;
  /** Undefined: the application runs its own PostgreSQL below `data`. */
  readonly databaseUrl: string | undefined;
  /** Undefined: the events are in PostgreSQL too. It may hold a password. */
  readonly eventStoreUrl: string | undefined;
  readonly register: string;
  /**
   * 運営団体 with which a register that is not open yet is opened; undefined in a configured database
   * unless set, so that nobody's database becomes a register by accident.
   */
  readonly operator: string | undefined;
  /** Whether the source documents are loaded into an empty register. */
  readonly sources: boolean;
  /** Whether all municipalities, wards and prefectures are registered at the start. */
  readonly parties: boolean;
  readonly logLevel: LogLevel;
  /** Addresses or networks of the load balancers whose word for a client's address and protocol counts. */
  readonly trustedProxies: readonly string[];
}

export interface ConfigFault {
  readonly code: string;
  readonly variable: string;
  readonly text: string;
}

/** The environment is refused as a whole; `faults` lists everything that is wrong with it. */
export class ConfigRefused extends Error {
  readonly code = 'config/refused';
  /** EX_CONFIG of sysexits.h. */
  readonly exitCode = 78;

  constructor(readonly faults: readonly ConfigFault[]) {
    const lines = faults.map((it) => `  ${it.variable}: ${it.text}（${it.code}）`);
    super(`設定に誤りがあります（${faults.length}件）。\n${lines.join('\n')}`);
    this.name = 'ConfigRefused';
  }
}

type Reading<T> = { readonly value: T } | { readonly fault: Omit<ConfigFault, 'variable'> };

/** Reads the configuration; throws ConfigRefused. A variable that is set but empty counts as not set. */
export function readConfig(environment: NodeJS.ProcessEnv = process.env): Config {
  const faults: ConfigFault[] = [];
  const read = <T>(variable: string, absent: T, parse: (text: string) => Reading<T>): T => {
    const text = environment[variable]?.trim() ?? '';
    if (text === '') return absent;
    const reading = parse(text);
    if ('value' in reading) return reading.value;
    faults.push({ variable, ...reading.fault });
    return absent;
  };

  const databaseUrl = read<string | undefined>('DATABASE_URL', undefined, toDatabaseUrl);
  const eventStoreUrl = read<string | undefined>(
    'EVENTSTORE_CONNECTION_STRING',
    undefined,
    toEventStore,
  );
  // Nobody's database becomes a register unasked, nor is filled.
  const own = databaseUrl === undefined && eventStoreUrl === undefined;
  const sources = read('MUSUBI_SOURCES', own, switchOf('config/sources'));
  const config: Config = {
    port: read('PORT', 3000, toPort),
    host: read('HOST', '127.0.0.1', toHost),
    data: read('MUSUBI_DATA', resolve('data'), (text) => ({ value: resolve(text) })),
    databaseUrl,
    eventStoreUrl,
    register: read('MUSUBI_REGISTER', 'main', toRegister),
    operator: read('MUSUBI_OPERATOR', own ? '横浜市' : undefined, toOperator),
    sources,
    parties: read('MUSUBI_PARTIES', own && sources, switchOf('config/parties')),
    logLevel: read('LOG_LEVEL', 'info', toLogLevel),
    trustedProxies: read<readonly string[]>('MUSUBI_TRUSTED_PROXIES', [], toProxies),
  };

  if (faults.length > 0) throw new ConfigRefused(faults);
  return Object.freeze(config);
}

function toPort(text: string): Reading<number> {
  const port = Number(text);
  return /^\d{1,5}$/.test(text) && port <= 65_535
    ? { value: port }
    : refused(
        'config/port',
        `0 から 65535 までの整数で指定してください。指定された値は「${text}」です。`,
      );
}

function toHost(text: string): Reading<string> {
  return isIP(text) !== 0 || /^(?=.{1,253}$)[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/i.test(text)
    ? { value: text }
    : refused(
        'config/host',
        `IP アドレスかホスト名で指定してください。指定された値は「${text}」です。`,
      );
}

/** The value may hold a password, so no fault repeats it. */
function toDatabaseUrl(text: string): Reading<string> {
  const protocol = URL.canParse(text) ? new URL(text).protocol : '';
  return protocol === 'postgres:' || protocol === 'postgresql:'
    ? { value: text }
    : refused(
        'config/database-url',
        'postgres://利用者:パスワード@ホスト:ポート/データベース の形で指定してください。',
      );
}

/** The value may hold a password, so no fault repeats it. */
function toEventStore(text: string): Reading<string> {
  const address = readAddress(text);
  if (address === undefined) {
    return refused(
      'config/event-store',
      'esdb://利用者:パスワード@ホスト:2113?tls=true&tlsCAFile=証明書のパス の形で指定してください。記号を含むパスワードは % で符号化します。',
    );
  }
  return address.tls && address.credentials === undefined
    ? refused(
        'config/event-store-credentials',
        'TLS で接続する EventStoreDB には、利用者とパスワードを指定してください。',
      )
    : { value: text };
}

function toOperator(text: string): Reading<string | undefined> {
  return text.isWellFormed() && Array.from(text).length <= 200
    ? { value: text }
    : refused('config/operator', '運営団体の名称を200文字以内で指定してください。');
}

/** The name stands in every stream's name, so it keeps to what every store accepts. */
function toRegister(text: string): Reading<string> {
  return /^[a-z0-9]([a-z0-9-]{0,30}[a-z0-9])?$/.test(text)
    ? { value: text }
    : refused(
        'config/register',
        `半角の英小文字・数字・ハイフンで 32 字まで（両端は英数字）で指定してください。指定された値は「${text}」です。`,
      );
}

function switchOf(code: string): (text: string) => Reading<boolean> {
  return (text) =>
    text === 'on' || text === 'off'
      ? { value: text === 'on' }
      : refused(code, `on か off で指定してください。指定された値は「${text}」です。`);
}

function toLogLevel(text: string): Reading<LogLevel> {
  const level = logLevels.find((it) => it === text);
  return level
    ? { value: level }
    : refused(
        'config/log-level',
        `${logLevels.join('・')} のいずれかで指定してください。指定された値は「${text}」です。`,
      );
}

function toProxies(text: string): Reading<readonly string[]> {
  const proxies = text.split(',').map((it) => it.trim());
  return proxies.every(isNetwork)
    ? { value: proxies }
    : refused(
        'config/trusted-proxies',
        `IP アドレスか 10.0.0.0/24 の形の範囲をコンマで区切って指定してください。指定された値は「${text}」です。`,
      );
}

function isNetwork(text: string): boolean {
  const [address = '', bits, ...more] = text.split('/');
  const longest = isIP(address) === 6 ? 128 : 32;
  if (isIP(address) === 0 || more.length > 0) return false;
  return (
    bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) >= 1 && Number(bits) <= longest)
  );
}

function refused(code: string, text: string): { fault: Omit<ConfigFault, 'variable'> } {
  return { fault: { code, text } };
}
