import type { StreamKind } from '../../entries/domain/act-type.js';

export function schemaRef(name: string): { $ref: string } {
  return { $ref: `#/components/schemas/${name}` };
}

/** Acts that stand on every kind of stream have one schema each. */
export function actSchemaName(type: string): string {
  return `Act.${type}`;
}

export function actsSchemaName(kind: StreamKind): string {
  return `Acts.${kind}`;
}
