/** What a PostgreSQL program sees of our environment: no PG* variable, messages in English, times in UTC. */
export function programEnvironment(): NodeJS.ProcessEnv {
  return { PATH: process.env['PATH'], LC_ALL: 'C', TZ: 'UTC' };
}
