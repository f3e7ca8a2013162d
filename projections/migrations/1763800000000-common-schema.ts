import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What all ledgers share: where each version of each stands, and which streams wait. */
export class CommonSchema1763800000000 implements MigrationInterface {
  readonly name = 'CommonSchema1763800000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table projection.checkpoint (
        ledger text not null,
        version integer not null,
        fold integer not null,
        -- The one version that answers; others are being built or were replaced.
        serves boolean not null default false,
        n bigint not null default -1,
        -- The time of n.
        at timestamptz(3),
        position text,
        fence bigint not null default 0,
        state text not null default 'running' check (state in ('running', 'halted')),
        reason text,
        moved timestamptz not null default now(),
        primary key (ledger, version)
      ) with (fillfactor = 20)`);
    await runner.query(
      'create unique index checkpoint_serves on projection.checkpoint (ledger) where serves',
    );
    await runner.query(`
      create table projection.parked_stream (
        ledger text not null,
        version integer not null,
        stream text not null,
        id uuid not null,
        n bigint not null,
        error text not null,
        since timestamptz not null default now(),
        primary key (ledger, version, stream),
        foreign key (ledger, version) references projection.checkpoint on delete cascade
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table projection.parked_stream');
    await runner.query('drop table projection.checkpoint');
  }
}
