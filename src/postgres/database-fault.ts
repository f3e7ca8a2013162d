/** Why the embedded database cannot serve; the slug is stable, the text is for the person at the terminal. */
export type DatabaseFaultCode =
  | 'database/held'
  | 'database/lock-unavailable'
  | 'database/platform-unsupported'
  | 'database/binaries-missing'
  | 'database/links-unwritable'
  | 'database/no-ordinary-user'
  | 'database/path-closed'
  | 'database/directory-unusable'
  | 'database/other-owner'
  | 'database/other-version'
  | 'database/foreign-content'
  | 'database/password-lost'
  | 'database/initialisation-failed'
  | 'database/start-failed'
  | 'database/unreachable'
  | 'database/encoding'
  | 'database/disk-full';

/** Exit codes of sysexits.h, so that a keeper of the process can tell "try again" from "a person must act". */
const exitCodes = { tryAgain: 75, configuration: 78 };

const passing: readonly DatabaseFaultCode[] = [
  'database/held',
  'database/disk-full',
  'database/unreachable',
];

export class DatabaseFault extends Error {
  constructor(
    readonly code: DatabaseFaultCode,
    text: string,
    options?: ErrorOptions,
  ) {
    super(text, options);
    this.name = 'DatabaseFault';
  }

  /** The exit code of a process that stops for this fault. */
  get exitCode(): number {
    return passing.includes(this.code) ? exitCodes.tryAgain : exitCodes.configuration;
  }
}
