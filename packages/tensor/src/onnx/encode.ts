import { create, toBinary } from '@bufbuild/protobuf';
import type { Graph } from '../graph/graph.js';
import { inputName } from '../operators/input.js';
import type { Value } from '../value.js';
import { ModelProtoSchema } from './gen/onnx_pb.js';
import { GraphWriter } from './graph-writer.js';
import { valueInfo } from './value-info.js';

/** Opset of every file written. */
export const ONNX_OPSET = 17;
/** IR version of every file written. */
export const ONNX_IR_VERSION = 8;

/** Options of {@link encodeOnnx}. */
export interface EncodeOptions {
  /** Name of the graph in the file. @defaultValue the graph's own */
  readonly name?: string;
  /** Values of inputs that become part of the file, as an exported network's variables do. */
  readonly initializers?: Readonly<Record<string, Value>>;
  readonly metadata?: Readonly<Record<string, string>>;
  readonly docString?: string;
}

/**
 * The graph as an ONNX file (opset 17, IR version 8). The same program gives the same bytes.
 *
 * Nodes are named `<scope>/<OpType>_<k>`, values fed or returned keep their names, named dimensions become `dim_param`.
 * `GANYMEDE_DUPLICATE_NAME` if an output has the name of an input, which ONNX cannot express; `GANYMEDE_FEED` if an
 * initializer does not fit its input.
 */
export function encodeOnnx(graph: Graph, options: EncodeOptions = {}): Uint8Array {
  const { name = graph.name, metadata = {}, docString } = options;
  const writer = new GraphWriter(graph, options.initializers ?? {});
  const { node, initializer } = writer.write();
  const model = create(ModelProtoSchema, {
    irVersion: BigInt(ONNX_IR_VERSION),
    opsetImport: [{ domain: '', version: BigInt(ONNX_OPSET) }],
    producerName: 'ganymede',
    ...(docString !== undefined && { docString }),
    metadataProps: Object.entries(metadata).map(([key, value]) => ({ key, value })),
    graph: {
      name,
      node: [...node],
      initializer: [...initializer],
      input: writer.inputs.map((x) => valueInfo(inputName(x) ?? '', x)),
      output: Object.entries(graph.outputs).map(([key, x]) => valueInfo(key, x)),
    },
  });
  return toBinary(ModelProtoSchema, model);
}
