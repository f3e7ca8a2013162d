import type { StreamKind } from '../../entries/domain/act-type.js';

export function schemaRef(name: string): { $ref: string } {
  return { $ref: `#/components/schemas/${name}` };
}

/** Acts that stand on every kind of stream have one schema each; what only shares a word has its own. */
export function actSchemaName(type: string, kind: StreamKind): string {
  return type === 'TermsOfUseSet' && kind !== 'agreement' ? `Act.${type}.${kind}` : `Act.${type}`;
}

export function actsSchemaName(kind: StreamKind): string {
  return `Acts.${kind}`;
}
