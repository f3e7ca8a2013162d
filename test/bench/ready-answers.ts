import { Client } from 'pg';

/** Answers of the register as ready texts in a table, for the bare server to pass on. */
export class ReadyAnswers {
  private kept = 0;

  private constructor(private readonly client: Client) {}

  static async make(databaseUrl: string): Promise<ReadyAnswers> {
    const client = new Client({ connectionString: databaseUrl });
    await client.connect();
    await client.query(`
      create schema bench;
      create table bench.answer (id integer primary key, body text not null)`);
    return new ReadyAnswers(client);
  }

  /** Keeps what a URL answers now, under the id that it gives. */
  async keep(url: string): Promise<number> {
    const body = await (await fetch(url)).text();
    this.kept += 1;
    await this.client.query('insert into bench.answer values ($1, $2)', [this.kept, body]);
    return this.kept;
  }

  close(): Promise<void> {
    return this.client.end();
  }
}
