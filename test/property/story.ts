import type { RegisterEvent } from '../../src/entries/domain/event.js';
import { cities } from './histories.js';

/** A history, one act a line, short enough to read in a failure. */
export function story({ events }: { readonly events: readonly RegisterEvent[] }): string {
  const line = ({ id, type, data, acted, effective, order, entry }: RegisterEvent) =>
    [id.slice(0, 4), type, data, { acted, effective, order, entry }].map(short).join(' ');
  return cities.reduce(
    (text, city, i) => text.replaceAll(city, `city${i}`),
    `\n${events.map(line).join('\n')}\n`,
  );
}

function short(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value).slice(0, 300);
}
