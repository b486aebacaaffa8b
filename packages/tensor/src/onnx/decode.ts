import { type Graph, graph } from '../graph/graph.js';
import type { Tensor } from '../tensor.js';
import type { Value } from '../value.js';
import { type BuildOnnxOptions, openOnnx, type OpenOnnxOptions } from './open-onnx.js';

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

/** Options of {@link decodeOnnx}. */
export interface DecodeOnnxOptions extends OpenOnnxOptions, Pick<BuildOnnxOptions, 'shapes' | 'outputs'> {}

/**
 * Reads an ONNX file (opset 13 to 21) made of the language's operators, of those that it can express with them (batch
 * normalization in inference mode, Flatten, Split…), and of the arithmetic that computes shapes.
 *
 * `GANYMEDE_ONNX_INVALID` if the bytes are no such file; `GANYMEDE_ONNX_UNSUPPORTED`, naming it, for an operator, an
 * attribute, an element type or an opset that the language lacks; `GANYMEDE_ONNX_EXTERNAL_DATA` for weights in other files;
 * `GANYMEDE_NAMED_DIMENSION` where a size has no name (give one with `shapes`).
 */
export function decodeOnnx(bytes: Uint8Array, { external, ...options }: DecodeOnnxOptions = {}): DecodedOnnx {
  const model = openOnnx(bytes, external === undefined ? {} : { external });
  const { inputs, outputs } = model.build(options);
  const program = graph({ outputs, name: model.name });
  const used = new Set(program.inputs.map((x) => x.attributes.name));
  const { metadata, docString, producer, opset, irVersion } = model;
  return {
    graph: program,
    inputs,
    outputs,
    initializers: Object.fromEntries(Object.entries(model.initializers).filter(([name]) => used.has(name))),
    metadata,
    docString,
    producer,
    opset,
    irVersion,
  };
}
