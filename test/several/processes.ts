import { Client } from 'pg';

import { Installation } from '../compiled/installation.js';
import type { Program } from '../compiled/program.js';
import { type Office } from '../crash/writers.js';
import { openOffice } from '../crash/office.js';
import { freshDatabase } from '../support/database.js';

type Settings = Readonly<Record<string, string>>;

/** One of several application processes, and where it listens. */
export interface Serving {
  readonly program: Program;
  readonly url: string;
}

/** Compiled application processes on one database of the test server. */
export class Processes {
  private constructor(
    private readonly installation: Installation,
    /** A connection of the test's own. */
    readonly client: Client,
    readonly databaseUrl: string,
    private readonly dropDatabase: () => Promise<void>,
  ) {}

  static async on(label: string, settings: Settings = {}): Promise<Processes> {
    const database = await freshDatabase(label);
    const installation = await Installation.make(label, {
      DATABASE_URL: database.url,
      MUSUBI_OPERATOR: '横浜市',
      MUSUBI_SOURCES: 'off',
      ...settings,
    });
    const client = new Client({ connectionString: database.url });
    client.on('error', () => undefined);
    await client.connect();
    return new Processes(installation, client, database.url, () => database.dispose());
  }

  begin(settings: Settings = {}): Program {
    return this.installation.start(settings);
  }

  async start(settings: Settings = {}): Promise<Serving> {
    const program = this.begin(settings);
    return { program, url: await program.url() };
  }

  /** Two parties and two persons of the operator, made by way of one process. */
  office(url: string): Promise<Office & { readonly events: number }> {
    return openOffice(this.installation, url);
  }

  token(login: string): Promise<string> {
    return this.installation.token(login);
  }

  cli(...args: readonly string[]): Promise<string> {
    return this.installation.cli(...args);
  }

  async dispose(): Promise<void> {
    await this.installation.dispose();
    await this.client.end().catch(() => undefined);
    await this.dropDatabase();
  }
}
