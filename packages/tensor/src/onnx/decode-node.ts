import { GanymedeError } from '../error.js';
import type { Tensor } from '../tensor.js';
import type { GraphProto, NodeProto } from './gen/onnx_pb.js';
import { importedOperators } from './imported-operators.js';
import { computeSizes, type Decoded } from './known-sizes.js';
import { type InitializerValue, NodeReader, unsupported } from './node-reader.js';
import { operators } from './operators.js';
import { constant } from '../operators/constant.js';
import { fromTensorProto } from './tensor-proto.js';

/** Adds what a node computes to `values`. */
export function decodeNode(node: NodeProto, values: Map<string, Decoded>, known: InitializerValue): void {
  const inputs = node.input.map((name) => {
    if (name === '') return undefined;
    const x = values.get(name);
    if (x !== undefined) return x;
    throw new GanymedeError('GANYMEDE_ONNX_INVALID', {
      message: `node "${node.name || node.output[0]}" (${node.opType}) reads "${name}", which no node before it makes`,
    });
  });
  const decodeBody = (body: GraphProto, given: readonly Tensor[]): Tensor[] =>
    decodeSubgraph(body, given, values, known);
  const results = compute(new NodeReader(node, inputs, known, decodeBody));
  node.output.forEach((name, i) => {
    const result = results[i];
    // A second output of a node that has only one here (the mask of Dropout) is missed only if it is read.
    if (name !== '' && result !== undefined) values.set(name, result);
  });
}

function compute(reader: NodeReader): readonly Decoded[] {
  const { node, inputs } = reader;
  if (node.domain !== '' && node.domain !== 'ai.onnx')
    throw unsupported(node, `the operator set "${node.domain}" is unknown`);
  if (node.opType === 'Constant') return [reader.constant()];
  const sizes = computeSizes(node.opType, inputs, (name) => reader.optionalNumber(name));
  if (sizes !== undefined) return [sizes];
  const imported = importedOperators[node.opType];
  const operator = operators.find(({ name }) => name === node.opType);
  if (imported === undefined && operator === undefined) {
    throw unsupported(
      node,
      'there is no such operator in the language',
      'docs: the operators of @ganymede/tensor',
    );
  }
  try {
    if (imported !== undefined) return [imported(reader)].flat();
    return operator === undefined ? [] : [reader.build(operator)].flat();
  } catch (cause) {
    if (GanymedeError.is(cause, 'GANYMEDE_ONNX_UNSUPPORTED')) throw cause;
    throw new GanymedeError('GANYMEDE_ONNX_INVALID', {
      message: `node "${node.name || node.output[0]}" (${node.opType}) does not fit its inputs: ${cause instanceof Error ? cause.message : cause}`,
      cause,
      data: { operator: node.opType, node: node.name },
    });
  }
}

/** The results of a body over the given inputs; other names are those of the graph around it. */
function decodeSubgraph(
  body: GraphProto,
  given: readonly Tensor[],
  outer: ReadonlyMap<string, Decoded>,
  known: InitializerValue,
): Tensor[] {
  const values = new Map(outer);
  for (const x of body.initializer) values.set(x.name, constant(fromTensorProto(x)));
  body.input.forEach(({ name }, i) => {
    const x = given[i];
    if (x !== undefined) values.set(name, x);
  });
  for (const node of body.node) decodeNode(node, values, known);
  return body.output.map(({ name }) => {
    const x = values.get(name);
    if (x !== undefined && 'operator' in x) return x;
    throw new GanymedeError('GANYMEDE_ONNX_INVALID', {
      message: `result "${name}" of the body "${body.name}" is made by no node`,
    });
  });
}
