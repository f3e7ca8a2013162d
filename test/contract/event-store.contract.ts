import { appendingContract } from './appending.contract.js';
import { concurrencyContract } from './concurrency.contract.js';
import type { OpenContractStore } from './contract-store.js';
import { describe } from 'vitest';
import { importingContract } from './importing.contract.js';
import { memoryContract } from './memory.contract.js';
import { readOnlyContract } from './read-only.contract.js';
import { readingContract } from './reading.contract.js';
import { subscribingContract } from './subscribing.contract.js';

/** What every adapter of the event store port promises; an adapter's test runs it on a real server. */
export function eventStoreContract(label: string, open: OpenContractStore): void {
  describe(`${label} keeps the event store contract`, () => {
    describe('appending', () => appendingContract(open));
    describe('concurrent writers', () => concurrencyContract(open));
    describe('reading', () => readingContract(open));
    describe('subscribing', () => subscribingContract(open));
    describe('read-only', () => readOnlyContract(open));
    describe('importing', () => importingContract(open));
    describe('memory', () => memoryContract(open));
  });
}
