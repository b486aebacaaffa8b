import type { Value } from '@ganymede/tensor';
import type { Manifest } from '../artifact/manifest.js';
import { isRecord, readTensor } from './read-tensor.js';
import { RequestError } from './request-error.js';

/** A checked inference request. */
export interface InferRequest {
  readonly id?: string;
  readonly inputs: Readonly<Record<string, Value>>;
  /** Names of the outputs to send, in the order asked for. */
  readonly outputs: readonly string[];
}

const bad = (message: string): RequestError => new RequestError(400, message);
const quoted = (names: readonly string[]): string => names.map((name) => `'${name}'`).join(', ') || 'none';

/** A client's name of something, short enough to repeat to it. */
const shown = (x: unknown): string => (JSON.stringify(x) ?? 'nothing').slice(0, 80);

/**
 * Checks the JSON body of an inference request (Open Inference Protocol V2, "Inference Request JSON Object") against a model.
 * `parameters` are accepted and ignored. Throws a 400 that says what was expected.
 */
export function readInferRequest(body: unknown, manifest: Manifest, maxBatch: number): InferRequest {
  if (!isRecord(body)) throw bad('expected a JSON object with "inputs"');
  if (body.id !== undefined && typeof body.id !== 'string') throw bad('"id" must be a string');
  if (body.parameters !== undefined && !isRecord(body.parameters))
    throw bad('"parameters" must be an object');
  const inputs = readInputs(body.inputs, manifest, maxBatch);
  const outputs = readOutputs(body.outputs, manifest);
  return { ...(body.id === undefined ? {} : { id: body.id as string }), inputs, outputs };
}

function readInputs(given: unknown, manifest: Manifest, maxBatch: number): Record<string, Value> {
  if (!Array.isArray(given)) throw bad('expected "inputs", an array of tensors');
  const specs = new Map(manifest.inputs.map((input) => [input.name, input]));
  const inputs: Record<string, Value> = {};
  for (const tensor of given) {
    if (!isRecord(tensor) || typeof tensor.name !== 'string') throw bad('every input needs a "name"');
    const spec = specs.get(tensor.name);
    if (!spec) throw bad(`unknown input ${shown(tensor.name)}; the model has ${quoted([...specs.keys()])}`);
    if (Object.hasOwn(inputs, spec.name)) throw bad(`input '${spec.name}' is given twice`);
    inputs[spec.name] = readTensor(tensor, spec, maxBatch);
  }
  const missing = [...specs.keys()].filter((name) => !Object.hasOwn(inputs, name));
  if (missing.length > 0) throw bad(`missing input ${quoted(missing)}`);
  checkBatches(inputs, manifest);
  return inputs;
}

/** A named dimension has one size in a request. */
function checkBatches(inputs: Readonly<Record<string, Value>>, manifest: Manifest): void {
  const sizes = new Map<string, { size: number; input: string }>();
  for (const { name, shape } of manifest.inputs) {
    shape.forEach((dim, axis) => {
      const size = inputs[name]?.shape[axis];
      if (typeof dim !== 'string' || size === undefined) return;
      const seen = sizes.get(dim);
      if (seen && seen.size !== size) {
        const what = dim === 'N' ? 'batch size' : `the size ${dim}`;
        throw bad(`inputs '${seen.input}' and '${name}' differ in ${what}: ${seen.size} and ${size}`);
      }
      sizes.set(dim, { size, input: name });
    });
  }
}

function readOutputs(given: unknown, manifest: Manifest): string[] {
  const known = manifest.outputs.map(({ name }) => name);
  if (given === undefined) return known;
  if (!Array.isArray(given) || given.length === 0)
    throw bad('"outputs" must be an array of { "name": … } with at least one');
  const names = given.map((output) => {
    if (!isRecord(output) || typeof output.name !== 'string') throw bad('every output needs a "name"');
    if (!known.includes(output.name)) {
      throw bad(`unknown output ${shown(output.name)}; the model has ${quoted(known)}`);
    }
    return output.name;
  });
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) throw bad(`output '${twice}' is asked for twice`);
  return names;
}
