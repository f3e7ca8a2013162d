import type { FastifyInstance } from 'fastify';

import { TransportRefusal } from './transport-problem.js';

/** Which methods a path has, so that a wrong method is told from an unknown path. */
export class AllowedMethods {
  private readonly routes: { readonly pattern: RegExp; readonly method: string }[] = [];

  /** Must be called before any route is added. */
  watch(server: FastifyInstance): void {
    server.addHook('onRoute', ({ method, url }) => {
      const pattern = patternOf(url);
      for (const it of [method].flat()) this.routes.push({ pattern, method: it });
    });
  }

  /** `route/method` where the path has other methods; undefined where nothing is served at all. */
  refusalOfMethod(path: string): TransportRefusal | undefined {
    const fitting = this.routes.filter((it) => it.pattern.test(path));
    const methods = [...new Set(fitting.map((it) => it.method))].toSorted();
    if (methods.length === 0) return undefined;
    const detail = `このURLで使える操作は ${methods.join('、')} です。`;
    return new TransportRefusal({ status: 405, code: 'route/method', detail, allow: methods });
  }
}

function patternOf(url: string): RegExp {
  const parts = url.split('/').map((part) => {
    if (part.startsWith(':')) return '[^/]+';
    return part === '*' ? '.*' : part.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&');
  });
  return new RegExp(`^${parts.join('/')}$`);
}
