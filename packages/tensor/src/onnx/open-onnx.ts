import { fromBinary } from '@bufbuild/protobuf';
import { type Dtype, isFloating } from '../dtype.js';
import { GanymedeError } from '../error.js';
import type { Dim, Shape } from '../shape.js';
import type { Tensor } from '../tensor.js';
import type { Value } from '../value.js';
import { buildProgram } from './build-program.js';
import { dtypeOf } from './element-types.js';
import type { ExternalReader } from './external-data.js';
import {
  type GraphProto,
  type ModelProto,
  ModelProtoSchema,
  type NodeProto,
  type ValueInfoProto,
} from './gen/onnx_pb.js';
import { neededNodes, readsOf } from './needed-nodes.js';
import { fromTensorProto } from './tensor-proto.js';

/** Options of {@link openOnnx}. */
export interface OpenOnnxOptions {
  /** Reads tensors that the file keeps in other files; without it such a file is refused (`GANYMEDE_ONNX_EXTERNAL_DATA`). */
  readonly external?: ExternalReader;
}

/** An input that an ONNX file declares. */
export interface OnnxInput {
  readonly name: string;
  readonly dtype: Dtype;
  /** As the file says it; a dimension without number and name is called `<input>.<axis>`. */
  readonly shape: Shape;
}

/** What a model's program is built from. */
export interface BuildOnnxOptions {
  /** Tensors in the place of the declared inputs, of their dtype; a size that the file fixes must be theirs. */
  readonly inputs?: Readonly<Record<string, Tensor>>;
  /** Tensors in the place of learned values. */
  readonly initializers?: Readonly<Record<string, Tensor>>;
  /** Shapes of inputs in place of the file's: sizes, or names such as `H*4` where the network divides a named one. */
  readonly shapes?: Readonly<Record<string, Shape>>;
  /**
   * Values of the file to be returned: its own outputs, or any in between, such as the features of a layer. What they do not
   * need is not built. @defaultValue the file's outputs
   */
  readonly outputs?: readonly string[];
}

/** A model's program as tensors. */
export interface BuiltOnnx {
  readonly inputs: readonly Tensor[];
  readonly outputs: Readonly<Record<string, Tensor>>;
}

/** An ONNX file, read and checked. */
export interface OnnxModel {
  readonly name: string;
  readonly inputs: readonly OnnxInput[];
  readonly outputs: readonly string[];
  /** Every value that a node makes, in the order of the file: what {@link BuildOnnxOptions.outputs} may name. */
  readonly values: readonly string[];
  /** Learned values by name: floating initializers that are no scalars. */
  readonly initializers: Readonly<Record<string, Value>>;
  /** Names of the learned values that are statistics of a normalization, and no parameters. */
  readonly statistics: readonly string[];
  readonly metadata: Readonly<Record<string, string>>;
  readonly docString: string;
  readonly producer: string;
  readonly opset: number;
  readonly irVersion: number;
  /** Names of the inputs and learned values that these values of the file depend on. */
  needs(outputs: readonly string[]): {
    readonly inputs: readonly string[];
    readonly initializers: readonly string[];
  };
  /** Builds the program: any number of times, on other inputs. */
  build(options?: BuildOnnxOptions): BuiltOnnx;
}

/** Opsets whose operators mean what opset 17's mean, or can be written with them. */
const OLDEST_OPSET = 13;
const NEWEST_OPSET = 21;

const invalid = (message: string, cause?: unknown): GanymedeError =>
  new GanymedeError('GANYMEDE_ONNX_INVALID', { message, hint: 'is this an ONNX file, and complete?', cause });

/**
 * Reads an ONNX file (opset 13 to 21), whose program can then be built on any input tensors.
 *
 * `GANYMEDE_ONNX_INVALID` if the bytes are no such file; `GANYMEDE_ONNX_UNSUPPORTED`, naming it, for an opset or element type
 * that the language lacks; `GANYMEDE_ONNX_EXTERNAL_DATA` where weights are in other files that cannot be read. `build` throws
 * what {@link decodeOnnx} throws, and `GANYMEDE_ONNX_VALUE` for an output that the file does not have.
 */
export function openOnnx(bytes: Uint8Array, { external }: OpenOnnxOptions = {}): OnnxModel {
  const model = parse(bytes);
  const proto = model.graph as GraphProto;
  const values = new Map(proto.initializer.map((tensor) => [tensor.name, fromTensorProto(tensor, external)]));
  if (values.size < proto.initializer.length) throw invalid('two initializers of the file have one name');
  if (proto.sparseInitializer.length > 0) {
    throw new GanymedeError('GANYMEDE_ONNX_UNSUPPORTED', { message: 'the file has sparse initializers' });
  }
  const fixed = new Set(proto.node.flatMap((node) => (node.opType === 'Resize' ? node.input.slice(1) : [])));
  const initializers = Object.fromEntries(
    [...values].filter(([name, x]) => isLearned(name, x) && !fixed.has(name)),
  );
  const inputs = proto.input.filter(({ name }) => !values.has(name)).map(readInput);
  const opset = opsetOf(model);
  const own = proto.output.map(({ name }) => name);
  const given = new Set([...inputs.map(({ name }) => name), ...values.keys()]);
  const nodesFor = (outputs: readonly string[]): NodeProto[] => {
    if (outputs !== own) requireValues(proto, outputs, given);
    return neededNodes(proto.node, outputs, given);
  };
  return {
    name: proto.name || 'graph',
    inputs,
    outputs: own,
    values: proto.node.flatMap(({ output }) => output.filter((name) => name !== '')),
    initializers,
    statistics: statisticsIn(proto).filter((name) => Object.hasOwn(initializers, name)),
    metadata: Object.fromEntries(model.metadataProps.map(({ key, value }) => [key, value])),
    docString: model.docString,
    producer: model.producerName,
    opset,
    irVersion: Number(model.irVersion),
    needs: (outputs) => {
      const read = new Set([...outputs, ...nodesFor(outputs).flatMap(readsOf)]);
      return {
        inputs: inputs.map(({ name }) => name).filter((name) => read.has(name)),
        initializers: Object.keys(initializers).filter((name) => read.has(name)),
      };
    },
    build: (options = {}) => {
      const outputs = options.outputs ?? own;
      return buildProgram({ inputs, values, initializers, opset }, nodesFor(outputs), {
        ...options,
        outputs,
      });
    },
  };
}

/** Refuses (`GANYMEDE_ONNX_VALUE`) names that the file does not have. */
function requireValues(proto: GraphProto, wanted: readonly string[], given: ReadonlySet<string>): void {
  const made = new Set(proto.node.flatMap(({ output }) => output));
  const unknown = wanted.find((name) => !made.has(name) && !given.has(name));
  if (unknown === undefined) return;
  throw new GanymedeError('GANYMEDE_ONNX_VALUE', {
    message: `the file has no value "${unknown}"`,
    hint: `its outputs are ${proto.output.map(({ name }) => name).join(', ')}; openOnnx(bytes).values lists the values in between`,
    data: { value: unknown },
  });
}

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

/** Whether an initializer is a learned value rather than a constant of the program. */
const isLearned = (name: string, { dtype, shape }: Value): boolean =>
  isFloating(dtype) && shape.length > 0 && !/^constant_\d+_*$/.test(name);

/** Mean and variance of each BatchNormalization; exporters pass one initializer on to several through Identity nodes. */
function statisticsIn({ node }: GraphProto): string[] {
  const passed = new Map(
    node.flatMap(({ opType, input, output }) => (opType === 'Identity' ? [[output[0], input[0]]] : [])),
  );
  return node.flatMap(({ opType, input }) =>
    opType === 'BatchNormalization' ? input.slice(3, 5).map((name) => passed.get(name) ?? name) : [],
  );
}

function readInput({ name, type }: ValueInfoProto): OnnxInput {
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
  return { name, shape, dtype: dtypeOf(tensorType.value.elemType, `input "${name}"`) };
}
