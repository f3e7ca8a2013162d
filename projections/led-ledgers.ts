import { Injectable } from '@nestjs/common';

/** The ledgers that this process leads now; another process may lead the others. */
@Injectable()
export class LedLedgers {
  private readonly led = new Set<string>();

  has(ledger: string): boolean {
    return this.led.has(ledger);
  }

  add(ledger: string): void {
    this.led.add(ledger);
  }

  remove(ledger: string): void {
    this.led.delete(ledger);
  }
}
