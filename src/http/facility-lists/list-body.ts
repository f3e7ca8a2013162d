import type { Readable } from 'node:stream';

import type { FastifyInstance, FastifyRequest } from 'fastify';

import { TransportRefusal, problemOfStatus } from '../transport-problem.js';

export const listsPath = '/api/facility-lists';

/** A list as it is sent: the file's bytes, and what a form says beside it. */
export class ListBody {
  constructor(
    readonly bytes: Buffer,
    readonly fields: Readonly<Record<string, string>>,
    readonly fileName?: string,
  ) {}
}

/** 4 MiB: the list of the largest city has a tenth of it. */
export const MOST_LIST_BYTES = 4 * 1024 * 1024;
/** What a form has around its file. */
const FORM_BYTES = 64 * 1024;

const plain = ['text/csv', 'application/octet-stream', 'application/vnd.ms-excel'];

/** One route alone takes a file, as it is or in a form; every other goes on with JSON only. */
export function acceptLists(server: FastifyInstance): void {
  server.addContentTypeParser(plain, async (request: FastifyRequest, payload: Readable) => {
    refuseElsewhere(request);
    return new ListBody(await bytesOf(payload, MOST_LIST_BYTES), {});
  });
  server.addContentTypeParser(
    'multipart/form-data',
    async (request: FastifyRequest, payload: Readable) => {
      refuseElsewhere(request);
      const bytes = await bytesOf(payload, MOST_LIST_BYTES + FORM_BYTES);
      return inForm(bytes, request.headers['content-type'] ?? '');
    },
  );
}

function refuseElsewhere({ method, routeOptions }: FastifyRequest): void {
  if (method === 'POST' && routeOptions.url === listsPath) return;
  const problem = problemOfStatus(415);
  if (problem !== undefined) throw new TransportRefusal(problem);
}

/** @throws TransportRefusal `facility-list/too-large` as soon as it is */
async function bytesOf(payload: Readable, most: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of payload as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > most) {
      throw new TransportRefusal({
        status: 413,
        code: 'facility-list/too-large',
        detail: '一覧のファイルは4MiB(4,194,304バイト)以下にしてください。',
      });
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** The form's `file`, and its other fields as text. */
async function inForm(bytes: Buffer, type: string): Promise<ListBody> {
  const form = await new Response(new Uint8Array(bytes), { headers: { 'content-type': type } })
    .formData()
    .catch(refuseForm);
  const fields: Record<string, string> = {};
  for (const [name, value] of form) if (typeof value === 'string') fields[name] = value;
  const file = form.get('file');
  if (file === null || typeof file === 'string') return refuseForm();
  return new ListBody(Buffer.from(await file.arrayBuffer()), fields, file.name);
}

function refuseForm(): never {
  throw new TransportRefusal({
    status: 400,
    code: 'facility-list/form',
    detail: 'フォームを読み取れません。file という名前でファイルを一つ送ってください。',
  });
}
