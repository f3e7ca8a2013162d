import { Injectable } from '@nestjs/common';

/** For how long one call works through rows before it says how far it came, in milliseconds. */
const LONGEST_CALL = 10_000;

/** The time of one call; monotonic, so that no clock set meanwhile makes it endless. */
@Injectable()
export class WorkTime {
  until(): number {
    return performance.now() + LONGEST_CALL;
  }

  isOver(until: number): boolean {
    return performance.now() >= until;
  }
}
