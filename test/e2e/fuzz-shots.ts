import { randomUUID } from 'node:crypto';

import { actsOf } from '../../src/entries/domain/catalogue.js';
import { allActRoutes } from '../../src/http/commands/act-routes.js';
import { entryKinds } from '../../src/http/request-fields.js';
import type { Route } from '../../src/identity/route-table.js';
import type { Asker, Entered } from '../support/application.js';
import {
  actFor,
  type Dice,
  type Ground,
  mutated,
  randomJson,
  randomText,
  strangeValue,
} from './fuzz-values.js';

export interface Shot {
  readonly route: string;
  readonly path: string;
  readonly as: Asker;
  readonly headers: Record<string, string>;
  readonly body: string | Buffer;
}

/** Aims at routes with bodies that are lawful, nearly lawful, or nothing of the kind. */
export class Shots {
  constructor(
    private readonly dice: Dice,
    private readonly ground: Ground & { readonly entered: Entered; readonly operator: string },
  ) {}

  at(route: Route, earlier: string[]): Shot {
    const key = this.dice.chance(0.1) && earlier.length > 0 ? this.dice.one(earlier) : randomUUID();
    earlier.push(key);
    const headers: Record<string, string> = { 'content-type': 'application/json' };
    if (!this.dice.chance(0.02)) headers['idempotency-key'] = this.dice.chance(0.02) ? 'x' : key;
    if (this.dice.chance(0.05)) headers['if-match'] = this.dice.one(['"0"', '"7"', 'x', '*']);
    return {
      route: route.path,
      path: this.filled(route.path),
      as: this.askerOf(route),
      headers,
      body: this.bodyFor(route),
    };
  }

  private askerOf({ access }: Route): Asker {
    if (this.dice.chance(0.03)) return 'public';
    return typeof access === 'object' ? (access[0] ?? 'registrar') : 'registrar';
  }

  filled(path: string): string {
    return path.replaceAll(/:(\w+)/g, (_, name: string) => {
      if (this.dice.chance(0.1))
        return encodeURIComponent(randomText(this.dice).toWellFormed() || '-')
          .slice(0, 90)
          .replace(/%.?$/, '');
      if (name === 'entry') return this.ground.entered.entry;
      if (name === 'dispute') return this.dice.one(this.ground.events);
      if (path.startsWith('/api/parties'))
        return encodeURIComponent(this.dice.one(this.ground.parties));
      return this.dice.one(this.ground.agreements);
    });
  }

  private bodyFor(route: Route): string | Buffer {
    const text =
      JSON.stringify(this.dice.chance(0.08) ? randomJson(this.dice, 4) : this.shaped(route)) ?? '';
    if (this.dice.chance(0.93)) return text;
    const bytes = Buffer.from(text);
    const cut = bytes.subarray(0, this.dice.below(bytes.length + 1));
    return this.dice.one([
      cut,
      Buffer.concat([cut, Buffer.from([0xff, 0xc0])]),
      `${text}]`,
      `{"__proto__":${text}}`,
    ]);
  }

  private shaped({ path }: Route): unknown {
    const whole = this.bodyOf(path);
    let body: unknown = whole;
    for (let left = this.dice.below(3); left > 0; left--) body = mutated(body, this.dice);
    return body;
  }

  private bodyOf(path: string): unknown {
    const stream = { kind: 'agreement', id: this.dice.one(this.ground.agreements) };
    for (const { kind, base, openings, acts } of allActRoutes) {
      const opening = openings.find(
        (it) => path === `/${[base, it.path].filter(Boolean).join('/')}`,
      );
      const later = acts.find((it) => path === `/${base}/:id/${it.path}`);
      const act = (opening ?? later)?.act;
      if (act === undefined) continue;
      const { data, type: _, ...said } = actFor(kind, act, this.dice, this.ground);
      return { ...said, ...(data as object) };
    }
    if (path === '/api/entries') {
      const kind = this.dice.one(entryKinds);
      const types = Object.keys(actsOf(kind));
      const act = () => actFor(kind, this.dice.one(types), this.dice, this.ground);
      const acts = Array.from({ length: 1 + this.dice.below(3) }, act);
      return this.dice.chance(0.5) ? { opens: kind, acts } : { stream: { ...stream, kind }, acts };
    }
    if (path.startsWith('/api/grants')) {
      return {
        account: randomUUID(),
        role: this.dice.one(['registrar', 'approver']),
        body: this.ground.operator,
      };
    }
    if (path.endsWith('als') || path.endsWith('ions'))
      return { digest: this.ground.entered.digest, stream };
    if (path === '/api/disputes') {
      const fields = [
        {
          field: this.dice.one(['acted', 'title', 'parties', 'nothing']),
          value: strangeValue(this.dice),
        },
      ];
      return {
        stream,
        body: this.dice.one(this.ground.parties),
        event: this.dice.one(this.ground.events),
        fields,
      };
    }
    return {
      login: `u${this.dice.below(1_000_000)}`,
      displayName: '青木',
      password: randomText(this.dice),
    };
  }
}
