import { fromBinary } from '@bufbuild/protobuf';
import { isFloating } from '../dtype.js';
import { GanymedeError } from '../error.js';
import { type Graph, graph } from '../graph/graph.js';
import { constant } from '../operators/constant.js';
import { input } from '../operators/input.js';
import { scopeAt } from '../scope.js';
import type { Dim } from '../shape.js';
import type { Tensor } from '../tensor.js';
import type { Value } from '../value.js';
import { decodeNode } from './decode-node.js';
import {
  type GraphProto,
  type ModelProto,
  ModelProtoSchema,
  type NodeProto,
  type ValueInfoProto,
} from './gen/onnx_pb.js';
import type { Decoded } from './known-sizes.js';
import { dtypeOf, fromTensorProto } from './tensor-proto.js';

/** An ONNX file as a tensor program. */
export interface DecodedOnnx {
  readonly graph: Graph;
  /** The inputs that the file declares, used or not, in its order. Initializers are not among them. */
  readonly inputs: readonly Tensor[];
  readonly outputs: Readonly<Record<string, Tensor>>;
  /**
   * Values of the inputs that stand for the file's initializers: what a network has learned. (Scalars, integers and the
   * constants of Ganymede's own files are constants of the graph.)
   */
  readonly initializers: Readonly<Record<string, Value>>;
  readonly metadata: Readonly<Record<string, string>>;
  readonly docString: string;
  readonly producer: string;
  readonly opset: number;
  readonly irVersion: number;
}

/** Opsets whose operators mean what opset 17's mean, for those the language has. */
const OLDEST_OPSET = 13;
const NEWEST_OPSET = 17;

/**
 * Reads an ONNX file made of the language's operators, of some that it can express with them (batch normalization in
 * inference mode, Flatten, Split…), and of the arithmetic that computes shapes.
 *
 * `GANYMEDE_ONNX_INVALID` if the bytes are no such file; `GANYMEDE_ONNX_UNSUPPORTED`, naming it, for an operator, an
 * attribute, an element type or an opset that the language lacks.
 */
export function decodeOnnx(bytes: Uint8Array): DecodedOnnx {
  const model = parse(bytes);
  const proto = model.graph as GraphProto;
  const { inputs, outputs, variables } = decodeGraph(proto);
  const program = graph({ outputs, name: proto.name || 'graph' });
  const used = new Set(program.inputs);
  return {
    graph: program,
    inputs,
    outputs,
    initializers: Object.fromEntries(
      [...variables].flatMap(([name, { tensor, value }]) => (used.has(tensor) ? [[name, value]] : [])),
    ),
    metadata: Object.fromEntries(model.metadataProps.map(({ key, value }) => [key, value])),
    docString: model.docString,
    producer: model.producerName,
    opset: opsetOf(model),
    irVersion: Number(model.irVersion),
  };
}

const invalid = (message: string, cause?: unknown): GanymedeError =>
  new GanymedeError('GANYMEDE_ONNX_INVALID', { message, hint: 'is this an ONNX file, and complete?', cause });

function parse(bytes: Uint8Array): ModelProto {
  let model: ModelProto;
  try {
    model = fromBinary(ModelProtoSchema, bytes);
  } catch (cause) {
    throw invalid(`these ${bytes.length} bytes are no ONNX model`, cause);
  }
  if (model.graph === undefined || model.irVersion <= 0n)
    throw invalid(`these ${bytes.length} bytes hold no ONNX graph`);
  const opset = opsetOf(model);
  if (opset < OLDEST_OPSET || opset > NEWEST_OPSET) {
    throw new GanymedeError('GANYMEDE_ONNX_UNSUPPORTED', {
      message: `the file uses opset ${opset}; ${OLDEST_OPSET} to ${NEWEST_OPSET} are understood`,
      hint: 'convert it with onnx.version_converter, or export it again for opset 17',
      data: { opset },
    });
  }
  return model;
}

function opsetOf(model: ModelProto): number {
  const own = model.opsetImport.find(({ domain }) => domain === '' || domain === 'ai.onnx');
  if (own === undefined) throw invalid('the file names no opset of ONNX');
  return Number(own.version);
}

interface Variable {
  readonly tensor: Tensor;
  readonly value: Value;
}

/** Whether an initializer is a learned value rather than a constant of the program. */
const isVariable = (name: string, { dtype, shape }: Value): boolean =>
  isFloating(dtype) && shape.length > 0 && !/^constant_\d+_*$/.test(name);

function decodeGraph(proto: GraphProto) {
  const values = new Map<string, Decoded>();
  const variables = new Map<string, Variable>();
  for (const tensor of proto.initializer) {
    const value = fromTensorProto(tensor);
    const { name } = tensor;
    if (!isVariable(name, value)) {
      values.set(name, constant(value));
      continue;
    }
    const variable = { value, tensor: input(name, value.shape, value.dtype) };
    variables.set(name, variable);
    values.set(name, variable.tensor);
  }
  const inputs = proto.input.filter(({ name }) => !values.has(name)).map(decodeInput);
  for (const x of inputs) values.set(String(x.attributes.name), x);
  const known = (name: string): Value | undefined => variables.get(name)?.value;
  for (const node of proto.node) scopeAt(scopeOf(node), () => decodeNode(node, values, known));
  return {
    inputs,
    outputs: Object.fromEntries(proto.output.map(({ name }) => [name, outputOf(name, values)])),
    variables,
  };
}

/** The layer path that a node's name begins with. */
const scopeOf = ({ name }: NodeProto): string => name.replace(/^\//, '').split('/').slice(0, -1).join('/');

function decodeInput({ name, type }: ValueInfoProto): Tensor {
  const tensorType = type?.value;
  if (tensorType?.case !== 'tensorType' || tensorType.value.shape === undefined) {
    throw new GanymedeError('GANYMEDE_ONNX_UNSUPPORTED', {
      message: `input "${name}" is no tensor of known rank`,
    });
  }
  const shape = tensorType.value.shape.dim.map(({ value }, axis): Dim => {
    if (value.case === 'dimValue' && value.value >= 0n) return Number(value.value);
    return value.case === 'dimParam' && value.value !== '' ? value.value : `${name}.${axis}`;
  });
  return input(name, shape, dtypeOf(tensorType.value.elemType, `input "${name}"`));
}

function outputOf(name: string, values: ReadonlyMap<string, Decoded>): Tensor {
  const x = values.get(name);
  if (x === undefined) throw invalid(`output "${name}" is made by no node`);
  if ('operator' in x) return x;
  throw new GanymedeError('GANYMEDE_ONNX_UNSUPPORTED', { message: `output "${name}" is a shape` });
}
