import { GanymedeError } from '../error.js';
import { constant } from '../operators/constant.js';
import { input } from '../operators/input.js';
import { currentScope, scopeAt } from '../scope.js';
import { formatShape, type Shape } from '../shape.js';
import { Tensor } from '../tensor.js';
import type { Value } from '../value.js';
import { decodeNode, isKnownOperator } from './decode-node.js';
import type { NodeProto } from './gen/onnx_pb.js';
import { type Decoded, sizesTensor } from './known-sizes.js';
import type { BuildOnnxOptions, BuiltOnnx, OnnxInput } from './open-onnx.js';
import { surveyOperators } from './survey-operators.js';

/** What a file says. */
export interface OnnxProgram {
  readonly inputs: readonly OnnxInput[];
  /** All initializers, in the order of the file. */
  readonly values: ReadonlyMap<string, Value>;
  /** Those that are learned. */
  readonly initializers: Readonly<Record<string, Value>>;
  readonly opset: number;
}

/** Builds the tensors of a file's program: what its `nodes`, in order, make of the inputs. */
export function buildProgram(
  program: OnnxProgram,
  nodes: readonly NodeProto[],
  options: BuildOnnxOptions & { readonly outputs: readonly string[] },
): BuiltOnnx {
  const inputs = program.inputs.map((declared) => tensorFor(declared, options));
  const values = new Map<string, Decoded>(program.inputs.map(({ name }, i) => [name, inputs[i] as Tensor]));
  for (const [name, x] of program.values) values.set(name, initializerFor(name, x, program, options));
  surveyOperators(nodes, isKnownOperator);
  const context = { known: (name: string) => program.values.get(name), opset: program.opset };
  const outer = currentScope();
  for (const node of nodes) {
    const path = [outer, scopeOf(node)].filter((part) => part !== '').join('/');
    scopeAt(path, () => decodeNode(node, values, context));
  }
  return {
    inputs,
    outputs: Object.fromEntries(options.outputs.map((name) => [name, outputOf(name, values)])),
  };
}

/** The layer path that a node's name begins with. */
const scopeOf = ({ name }: NodeProto): string => name.replace(/^\//, '').split('/').slice(0, -1).join('/');

const refuse = (what: string, wanted: string, { dtype, shape }: Tensor): never => {
  throw new GanymedeError('GANYMEDE_FEED', {
    message: `${what} is ${wanted} in the file, but the tensor given is ${dtype}${formatShape(shape)}`,
    hint: 'sizes that the file fixes can be replaced with the option `shapes`, if the network allows it',
  });
};

/** The tensor given for a declared input, or a new input. */
function tensorFor(
  { name, shape, dtype }: OnnxInput,
  { inputs = {}, shapes = {} }: BuildOnnxOptions,
): Tensor {
  const declared = Object.hasOwn(shapes, name) ? (shapes[name] as Shape) : shape;
  if (declared.length !== shape.length) {
    throw new GanymedeError('GANYMEDE_SHAPE', {
      message: `input "${name}" has the shape ${formatShape(shape)} in the file; ${formatShape(declared)} has another rank`,
    });
  }
  const given = Object.hasOwn(inputs, name) ? inputs[name] : undefined;
  if (given === undefined) return input(name, declared, dtype);
  const fits =
    given.dtype === dtype &&
    given.rank === declared.length &&
    declared.every((d, i) => typeof d === 'string' || d === given.shape[i]);
  return fits ? given : refuse(`input "${name}"`, `${dtype}${formatShape(declared)}`, given);
}

/** An initializer as a constant, or as the tensor given for it, or as an input of its name. */
function initializerFor(
  name: string,
  x: Value,
  { initializers }: OnnxProgram,
  { initializers: given = {} }: BuildOnnxOptions,
): Tensor {
  if (!Object.hasOwn(initializers, name)) return constant(x);
  const tensor = Object.hasOwn(given, name) ? given[name] : undefined;
  if (tensor === undefined) return input(name, x.shape, x.dtype);
  const fits = tensor.dtype === x.dtype && formatShape(tensor.shape) === formatShape(x.shape);
  return fits ? tensor : refuse(`"${name}"`, `${x.dtype}${formatShape(x.shape)}`, tensor);
}

function outputOf(name: string, values: ReadonlyMap<string, Decoded>): Tensor {
  // neededNodes has found what makes every output; a node may leave out an optional result.
  const x = values.get(name);
  if (x === undefined) {
    throw new GanymedeError('GANYMEDE_ONNX_UNSUPPORTED', {
      message: `output "${name}" is an optional result of its node that the language does not compute`,
    });
  }
  return x instanceof Tensor ? x : sizesTensor(x);
}
