import type { RunningApplication } from '../../src/start-application.js';

interface Listed {
  readonly agreements: readonly { readonly id: string }[];
}

/** Questions about everything that a register answers, each with its day and number. */
export async function questionsOf(
  application: RunningApplication,
  token: string,
): Promise<readonly string[]> {
  const head = await application.surroundings.store.head();
  if (head === null) throw new Error('the register is empty');
  const at = `known=${head.n}`;
  const ask = async (path: string) => JSON.parse(await answer(application, token, path)) as Listed;
  const { agreements } = await ask(`/api/agreements?${at}&limit=100`);
  const details = agreements.slice(0, 40).map(({ id }) => `/api/agreements/${id}?${at}`);
  const days = ['2012-04-01', '2017-03-01', '2018-04-03', '2020-10-01'];
  const fields = ['図書館', '災害時相互応援', '保育'];
  const uses = days.flatMap((on) =>
    fields.map((field) => `/api/mutual-use?${query({ with: '横浜市', field, on })}&${at}`),
  );
  const bound = days.map(
    (on) =>
      `/api/bound?${query({ from: '川崎市', to: '横浜市', field: '災害時相互応援', on })}&${at}`,
  );
  const csv = `/api/mutual-use?${query({ with: '横浜市', field: '図書館', on: '2018-04-03', format: 'csv' })}&${at}`;
  return [
    `/api/agreements?${at}&limit=100`,
    `/api/parties?${at}&limit=100`,
    ...uses,
    ...bound,
    csv,
    ...details,
  ];
}

/** Every answer, as it was said but for whether its time is settled yet, by its question. */
export async function answersAt(
  application: RunningApplication,
  token: string,
  questions: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const answers = new Map<string, string>();
  for (const path of questions) answers.set(path, await answer(application, token, path));
  return answers;
}

async function answer({ url }: RunningApplication, token: string, path: string): Promise<string> {
  const response = await fetch(`${url}${path}`, { headers: { authorization: `Bearer ${token}` } });
  const text = await response.text();
  if (response.status !== 200) throw new Error(`${path}: ${response.status} ${text}`);
  return text.replaceAll(/"settled":(?:true|false)/g, '"settled":true');
}

function query(asked: Readonly<Record<string, string>>): string {
  return new URLSearchParams(asked).toString();
}
