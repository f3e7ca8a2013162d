const withMilliseconds = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

/** Whether a text is an instant as the register writes it: ISO 8601, UTC, milliseconds, a real day. */
export function isInstant(text: string): boolean {
  if (!withMilliseconds.test(text)) return false;
  const time = Date.parse(text);
  return !Number.isNaN(time) && new Date(time).toISOString() === text;
}

/**
 * PostgreSQL's text of a timestamptz (`2026-11-22 05:44:14.1+00`) as the register writes it. The
 * session must have time zone UTC and date style ISO.
 */
export function instantFromPostgres(text: string): string {
  const fraction = text.slice(20, text.lastIndexOf('+')).padEnd(3, '0');
  return `${text.slice(0, 10)}T${text.slice(11, 19)}.${fraction}Z`;
}
