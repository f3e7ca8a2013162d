import { type Document, isMap, isScalar, LineCounter, parseDocument, visit } from 'yaml';

import { interpolate } from './interpolation.js';

export interface Service {
  readonly image?: string;
  readonly build?: string;
  readonly restart?: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly depends_on?: Readonly<Record<string, { readonly condition?: string }>>;
  readonly healthcheck?: Readonly<Record<string, unknown>>;
  readonly ports?: readonly unknown[];
  readonly volumes?: readonly unknown[];
  readonly command?: string | readonly string[];
  readonly [key: string]: unknown;
}

/** A Compose file with its variables replaced, and what was wrong with it on the way there. */
export interface ComposeFile {
  readonly services: Readonly<Record<string, Service>>;
  readonly volumes: Readonly<Record<string, Readonly<Record<string, unknown>> | null>>;
  readonly topLevel: readonly string[];
  readonly faults: readonly string[];
}

/** Parses the file, replaces its variables in values as Compose does, and looks for settings without a comment. */
export function readCompose(
  text: string,
  environment: Readonly<Record<string, string>>,
): ComposeFile {
  const lines = new LineCounter();
  const document = parseDocument(text, { merge: true, lineCounter: lines });
  const faults = [...document.errors, ...document.warnings].map((it) => it.message);
  if (faults.length > 0) return { services: {}, volumes: {}, topLevel: [], faults };
  faults.push(...uncommented(document, text.split('\n'), lines));
  faults.push(...replaceVariables(document, environment));
  const read = (document.toJS() ?? {}) as Record<string, unknown>;
  return {
    services: (read['services'] ?? {}) as ComposeFile['services'],
    volumes: (read['volumes'] ?? {}) as ComposeFile['volumes'],
    topLevel: Object.keys(read),
    faults,
  };
}

function replaceVariables(
  document: Document,
  environment: Readonly<Record<string, string>>,
): string[] {
  const faults: string[] = [];
  visit(document, {
    Scalar: (place, node) => {
      if (place === 'key' || typeof node.value !== 'string') return;
      try {
        const { text, missing, careless } = interpolate(node.value, environment);
        for (const it of missing) faults.push(`variable not set: ${it}`);
        for (const it of careless) faults.push(`variable without default or :?: ${it}`);
        node.value = text;
      } catch (fault) {
        faults.push(String(fault));
      }
    },
  });
  return faults;
}

/** Every environment setting, told by its capitals, has a comment on its line or the one before. */
function uncommented(document: Document, text: readonly string[], lines: LineCounter): string[] {
  const faults: string[] = [];
  visit(document, {
    Pair: (_place, { key }) => {
      if (!isScalar(key) || typeof key.value !== 'string' || !/^[A-Z][A-Z0-9_]+$/.test(key.value)) {
        return;
      }
      const { line } = lines.linePos(key.range?.[0] ?? 0);
      const [before = '', own = ''] = text.slice(line - 2, line);
      if (!/^\s*#/.test(before) && !/\s#\s/.test(own)) faults.push(`no comment on ${key.value}`);
    },
    Map: (_place, node) => (isMap(node) ? undefined : visit.SKIP),
  });
  return faults;
}
