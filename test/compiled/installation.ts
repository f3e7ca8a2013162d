import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

import { isTokenSecret } from '../../src/identity/token-secret.js';
import { recordedConnection } from '../../src/postgres/connection-file.js';
import { dataDirectory } from '../../src/postgres/data-directory.js';
import { readPostmaster } from '../../src/postgres/postmaster-file.js';
import { isAlive, isServerOf } from '../../src/postgres/postmaster-process.js';
import { Program } from './program.js';

type Settings = Readonly<Record<string, string>>;

/** A data directory of its own, and the compiled programs that were started on it. */
export class Installation {
  private readonly programs: Program[] = [];

  private constructor(
    readonly directory: string,
    private readonly settings: Settings,
  ) {}

  /** `settings`: for all of its programs, such as `DATABASE_URL` of a server that runs already. */
  static async make(label: string, settings: Settings = {}): Promise<Installation> {
    return new Installation(await mkdtemp(join(tmpdir(), `musubi-${label}-`)), settings);
  }

  /** Starts the application on a port that the system chooses. */
  start(settings: Settings = {}): Program {
    return this.run(new Program('src/main.js', { ...this.environment, ...settings }));
  }

  /** What `npm run cli -- …` writes, without the last newline. @throws Error when it fails */
  async cli(...args: readonly string[]): Promise<string> {
    const program = this.run(new Program('cli/main.js', this.environment, args));
    const code = await program.ended;
    if (code === 0) return program.output.trimEnd();
    throw new Error(`cli ${args.join(' ')}: ${code}\n${program.output}`);
  }

  /** An API token of an account. */
  async token(login: string): Promise<string> {
    const said = await this.cli('token', 'create', '--login', login, '--name', '試験');
    const secret = said.split('\n').find(isTokenSecret);
    if (secret === undefined) throw new Error(`no token in:\n${said}`);
    return secret;
  }

  /** The pid of the PostgreSQL server that runs here, whoever started it. */
  async postgres(): Promise<number | undefined> {
    const { cluster } = dataDirectory(this.directory);
    const found = await readPostmaster(cluster);
    return found && (await isServerOf(found.pid, cluster)) ? found.pid : undefined;
  }

  /** URL of the database while it runs. */
  async database(): Promise<string> {
    const { connection } = dataDirectory(this.directory);
    const { url } = (await recordedConnection(connection)) ?? {};
    if (url === undefined) throw new Error(`no server was started in ${this.directory}`);
    return url;
  }

  /** Ends what is left of its processes, PostgreSQL too, and removes the directory. */
  async dispose(): Promise<void> {
    for (const program of this.programs) await program.end('SIGKILL');
    const left = await this.postgres();
    if (left !== undefined) {
      process.kill(left, 'SIGQUIT');
      // Timers that keep this process running, unlike those of the application.
      while (isAlive(left)) await pause(50);
    }
    await rm(this.directory, { recursive: true, force: true, maxRetries: 10 });
  }

  private get environment(): Settings {
    return { MUSUBI_DATA: this.directory, PORT: '0', LOG_LEVEL: 'warn', ...this.settings };
  }

  private run(program: Program): Program {
    this.programs.push(program);
    return program;
  }
}
