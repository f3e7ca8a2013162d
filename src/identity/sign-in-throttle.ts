import { Inject, Injectable } from '@nestjs/common';

import type { Clock } from '../clock.js';
import { CLOCK } from '../clock.token.js';
import { refuse } from '../entries/domain/refusal.js';

const windowMinutes = 15;
/** Failed tries in the window. An office shares one address; a login must not be locked from afar. */
const limits = { both: 5, login: 50, address: 50 };
const mostRemembered = 100_000;

/**
 * Slows the guessing of passwords, in this process's memory. A try counts from its beginning, so that
 * tries sent together count too; one that succeeds is forgotten.
 */
@Injectable()
export class SignInThrottle {
  private readonly tries = new Map<string, number[]>();

  constructor(@Inject(CLOCK) private readonly clock: Clock) {}

  /** @throws Refusal `session/throttled` */
  enter(login: string, address: string): void {
    const now = this.clock.millis();
    for (const [key, limit] of keys(login, address)) {
      if (this.recent(key, now).length >= limit) refuse('forbidden', 'session/throttled', tooMany);
    }
    for (const [key] of keys(login, address)) {
      this.tries.set(key, [...this.recent(key, now), now]);
      if (this.tries.size > mostRemembered) this.forgetOldest();
    }
  }

  succeeded(login: string, address: string): void {
    const [both] = keys(login, address);
    if (both !== undefined) this.tries.delete(both[0]);
    for (const [key] of keys(login, address)) this.tries.get(key)?.pop();
  }

  private recent(key: string, now: number): number[] {
    const since = now - windowMinutes * 60_000;
    const recent = (this.tries.get(key) ?? []).filter((it) => it > since);
    this.tries.delete(key);
    if (recent.length > 0) this.tries.set(key, recent);
    return recent;
  }

  /** A map keeps its keys in the order of their last try. */
  private forgetOldest(): void {
    const [oldest] = this.tries.keys();
    if (oldest !== undefined) this.tries.delete(oldest);
  }
}

const tooMany = `サインインの失敗が続いたため、受け付けを止めています。${windowMinutes}分ほど待ってからやり直してください。`;

function keys(login: string, address: string): readonly (readonly [string, number])[] {
  return [
    [JSON.stringify([login, address]), limits.both],
    [JSON.stringify([login]), limits.login],
    [JSON.stringify([null, address]), limits.address],
  ];
}
