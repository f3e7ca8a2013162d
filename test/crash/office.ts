import type { CommandResult } from '../../src/entries/command-result.js';
import type { Installation } from '../compiled/installation.js';
import { command, surely } from './command.js';
import type { Office } from './writers.js';

/** Opens the register for two cities through HTTP; `events` is how many events that makes. */
export async function openOffice(
  installation: Installation,
  url: string,
): Promise<Office & { readonly events: number }> {
  const registrar = await installation.token('registrar');
  const approver = await installation.token('approver');
  const keeper = await operatorOf(url, registrar);
  const staff = { url, registrar, approver };
  await register(staff, { stream: { kind: 'party', id: keeper } }, '横浜市', '141003');
  const { id, n } = await register(staff, { opens: 'party' }, '鎌倉市', '142042');
  return { registrar, approver, keeper, partner: id, events: n + 1 };
}

async function operatorOf(url: string, token: string): Promise<string> {
  const response = await fetch(`${url}/api/session`, {
    headers: { authorization: `Bearer ${token}` },
  });
  const { grants } = (await response.json()) as { grants: readonly { body: string }[] };
  const [grant] = grants;
  if (grant === undefined) throw new Error('the registrar holds no role');
  return grant.body;
}

/** Enters and approves a party; the answer is that of the approval. */
async function register(
  staff: { readonly url: string; readonly registrar: string; readonly approver: string },
  target: object,
  name: string,
  code: string,
): Promise<CommandResult> {
  const send = async (token: string, path: string, body: object) => {
    const { answer } = await surely(
      async () => staff.url,
      command(token, path, body),
      refuseRepeating,
    );
    return answer;
  };
  const acts = [{ type: 'PartyRegistered', data: { kind: 'municipality', name, code } }];
  const { id, entry, digest } = await send(staff.registrar, '/api/entries', { ...target, acts });
  const path = `/api/entries/${entry}/approvals`;
  return send(staff.approver, path, { digest, stream: { kind: 'party', id } });
}

function refuseRepeating(why: string): never {
  throw new Error(`nothing was killed yet: ${why}`);
}
