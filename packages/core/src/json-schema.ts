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

const isRecord = (x: unknown): x is Readonly<Record<string, unknown>> => typeof x === 'object' && x !== null;

/** Whether `value` says by a constant of the schema that it is of another branch: `name: 'consensus'` where `name` is `'unrolled'`. */
const isOther = ({ properties = {} }: JsonSchema, value: unknown): boolean =>
  isRecord(value) &&
  Object.entries(properties).some(
    ([key, { const: constant }]) => constant !== undefined && key in value && value[key] !== constant,
  );

/** A schema and, at any depth, the branches of its unions: those that `value` may be of, or all where it is of none. */
function branchesOf(schema: JsonSchema, value: unknown): readonly JsonSchema[] {
  const inner = [schema.anyOf, schema.oneOf, schema.allOf].flatMap((branches) => branches ?? []);
  const all = [schema, ...inner.flatMap((branch) => branchesOf(branch, undefined))];
  const fitting = all.filter((branch) => !isOther(branch, value));
  return fitting.some(({ properties }) => properties !== undefined) ? fitting : all;
}

/** The schemas of the property or element at `path` of `given`, one for each branch of the unions on the way, and the value there. */
function follow(schema: JsonSchema | undefined, path: readonly PropertyKey[], given: unknown) {
  let nodes = schema === undefined ? [] : [schema];
  let value = given;
  for (const key of path) {
    nodes = nodes
      .flatMap((node) => branchesOf(node, value))
      .map((branch) => (typeof key === 'number' ? branch.items : branch.properties?.[String(key)]))
      .filter((found) => found !== undefined);
    value = isRecord(value) ? (value as Readonly<Record<PropertyKey, unknown>>)[key] : undefined;
  }
  return { nodes, value };
}

/** The schema of the property or element at `path` of `given`. */
export function schemaAt(
  schema: JsonSchema | undefined,
  path: readonly PropertyKey[],
  given: unknown,
): JsonSchema | undefined {
  const { nodes } = follow(schema, path, given);
  return nodes.length > 1 ? { anyOf: nodes } : nodes[0];
}

/** The keys that the object at `path` of `given` may have, those of the branch of a union that it is of; undefined where none are said. */
export function keysAt(
  schema: JsonSchema | undefined,
  path: readonly PropertyKey[],
  given: unknown,
): readonly string[] | undefined {
  const { nodes, value } = follow(schema, path, given);
  const said = nodes
    .flatMap((node) => branchesOf(node, value))
    .flatMap(({ properties }) => (properties === undefined ? [] : [Object.keys(properties)]));
  return said.length === 0 ? undefined : [...new Set(said.flat())];
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
