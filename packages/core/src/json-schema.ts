import type { StandardSchemaV1 } from '@standard-schema/spec';

/** The part of JSON Schema that messages and `ganymede list` read. */
export interface JsonSchema {
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | JsonSchema;
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly allOf?: readonly JsonSchema[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly default?: unknown;
  readonly description?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
}

/** What a schema accepts, as JSON Schema where its library can say (zod 4 can); otherwise undefined. */
export function jsonSchemaOf(schema: StandardSchemaV1): JsonSchema | undefined {
  const standard: object = schema['~standard'];
  if (!('jsonSchema' in standard)) return undefined;
  const { input } = standard.jsonSchema as { input(options: object): JsonSchema };
  try {
    return input({ target: 'draft-2020-12', libraryOptions: { unrepresentable: 'any' } });
  } catch {
    return undefined; // A schema with transforms or functions may not be expressible; messages then say less.
  }
}

/** The schema of the property or element at `path`. */
export function schemaAt(
  schema: JsonSchema | undefined,
  path: readonly PropertyKey[],
): JsonSchema | undefined {
  return path.reduce<JsonSchema | undefined>((node, key) => {
    if (node === undefined) return undefined;
    if (typeof key === 'number') return node.items;
    const branches = node.anyOf ?? node.oneOf ?? node.allOf ?? [];
    return [node, ...branches]
      .map((branch) => branch.properties?.[String(key)])
      .find((found) => found !== undefined);
  }, schema);
}

/** `28 | 64`, `integer > 0`, `"x" | "y"`: what a schema accepts, for people. */
export function describeSchema(schema: JsonSchema | undefined): string | undefined {
  if (schema === undefined) return undefined;
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum !== undefined) return schema.enum.map((x) => JSON.stringify(x)).join(' | ');
  const branches = schema.anyOf ?? schema.oneOf;
  if (branches !== undefined)
    return [...new Set(branches.map((branch) => describeSchema(branch) ?? 'anything'))].join(' | ');
  if (schema.type === undefined) return undefined;
  const bounds = [
    schema.exclusiveMinimum === undefined ? '' : `> ${schema.exclusiveMinimum}`,
    schema.minimum === undefined || schema.minimum === Number.MIN_SAFE_INTEGER ? '' : `>= ${schema.minimum}`,
    schema.exclusiveMaximum === undefined ? '' : `< ${schema.exclusiveMaximum}`,
    schema.maximum === undefined || schema.maximum === Number.MAX_SAFE_INTEGER ? '' : `<= ${schema.maximum}`,
  ].filter((bound) => bound !== '');
  const type = Array.isArray(schema.type) ? schema.type.join(' | ') : schema.type;
  return [type, bounds.join(' and ')].filter((part) => part !== '').join(' ');
}
