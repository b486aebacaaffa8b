import type { StandardSchemaV1 } from '@standard-schema/spec';
import { GanymedeError } from '@ganymede/tensor';
import { describeSchema, jsonSchemaOf, type JsonSchema, keysAt, schemaAt } from './json-schema.js';
import { didYouMean } from './nearest.js';

const isRecord = (x: unknown): x is Readonly<Record<string, unknown>> =>
  typeof x === 'object' && x !== null && !Array.isArray(x) && !ArrayBuffer.isView(x);

const formatPath = (path: readonly PropertyKey[]): string =>
  path
    .map((key, i) => (typeof key === 'number' ? `[${key}]` : i === 0 ? String(key) : `.${String(key)}`))
    .join('');

/** The value as a message prints it, at most 60 characters. */
function show(x: unknown): string {
  if (x === undefined) return 'nothing';
  if (typeof x === 'function') return 'a function';
  let text: string;
  try {
    text = JSON.stringify(x) ?? String(x);
  } catch {
    text = String(x);
  }
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

const valueAt = (root: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>(
    (node, key) =>
      typeof node === 'object' && node !== null ? (node as Record<PropertyKey, unknown>)[key] : undefined,
    root,
  );

interface UnknownKey {
  readonly path: readonly PropertyKey[];
  readonly known: readonly string[];
}

/** Keys of the input that the schema dropped: libraries strip what they do not know, and a typo would go unnoticed. */
function* unknownKeys(
  input: unknown,
  output: unknown,
  schema: JsonSchema | undefined,
  whole: unknown = input,
  path: readonly PropertyKey[] = [],
): Generator<UnknownKey> {
  if (Array.isArray(input) && Array.isArray(output)) {
    for (const [i, x] of input.entries()) yield* unknownKeys(x, output[i], schema, whole, [...path, i]);
    return;
  }
  if (!isRecord(input) || !isRecord(output) || input === output) return;
  const prototype: unknown = Object.getPrototypeOf(input);
  if (prototype !== Object.prototype && prototype !== null) return;
  const known = keysAt(schema, path, whole) ?? Object.keys(output);
  for (const key of Object.keys(input)) {
    const isKnown = key in output || known.includes(key);
    if (!isKnown && input[key] !== undefined) yield { path: [...path, key], known };
    else yield* unknownKeys(input[key], output[key], schema, whole, [...path, key]);
  }
}

function refuseUnknown(owner: string, { path, known }: UnknownKey): never {
  const key = String(path.at(-1));
  throw new GanymedeError('GANYMEDE_OPTION', {
    message: `${owner}: unknown option "${formatPath(path)}"`,
    hint: [`known: ${known.length === 0 ? 'none' : known.join(', ')}`, didYouMean(key, known)]
      .filter((line) => line !== undefined)
      .join('\n  '),
    data: { module: owner, path: formatPath(path), known },
  });
}

/**
 * Validates `input` (undefined counts as `{}`) and returns the completed options. Throws `GANYMEDE_OPTION` naming `owner`,
 * the option's path, what was expected and what came; unknown keys are refused with the nearest known key.
 */
export function validateOptions<S extends StandardSchemaV1>(
  owner: string,
  schema: S,
  input: unknown,
): StandardSchemaV1.InferOutput<S> {
  const given = input === undefined ? {} : input;
  const result = schema['~standard'].validate(given);
  if (result instanceof Promise) {
    throw new GanymedeError('GANYMEDE_OPTION', {
      message: `${owner}: its options schema is asynchronous; modules need one that validates at once`,
      hint: 'remove async refinements from the schema',
    });
  }
  const json = jsonSchemaOf(schema);
  if (result.issues === undefined) {
    for (const unknownKey of unknownKeys(given, result.value, json)) refuseUnknown(owner, unknownKey);
    return result.value as StandardSchemaV1.InferOutput<S>;
  }
  const problems = result.issues.map((issue) => {
    const path = (issue.path ?? []).map((part) => (typeof part === 'object' ? part.key : part));
    if ('keys' in issue && Array.isArray(issue.keys)) {
      const known = keysAt(json, path, given) ?? [];
      refuseUnknown(owner, { path: [...path, String(issue.keys[0])], known });
    }
    const expected = describeSchema(schemaAt(json, path, given)) ?? issue.message;
    return { path: formatPath(path), expected, received: show(valueAt(given, path)), message: issue.message };
  });
  const describe = (p: (typeof problems)[number]) => {
    const subject = p.path === '' ? 'the options' : `option "${p.path}"`;
    // The schema's own words say more than the type where the type alone fits (a pattern, a cross-check of two options).
    const reason = /^Invalid (input|option)/.test(p.message) ? '' : ` (${p.message})`;
    return `${subject}: expected ${p.expected}, received ${p.received}${reason}`;
  };
  throw new GanymedeError('GANYMEDE_OPTION', {
    message: `${owner}: ${problems.map(describe).join('; ')}`,
    hint: `\`ganymede list ${owner}\` shows every option with its default`,
    data: { module: owner, problems },
  });
}
