import { GanymedeError } from '../error.js';
import { evaluate } from '../evaluate.js';
import type { Operator } from '../operator.js';
import { constant, constantValue } from '../operators/constant.js';
import { isStatic, sizeOf } from '../shape.js';
import { Tensor } from '../tensor.js';
import type { GraphProto, NodeProto } from './gen/onnx_pb.js';
import { importedOperators } from './imported-operators.js';
import { computeSizes, type Decoded, sizesTensor } from './known-sizes.js';
import { nodeName } from './needed-nodes.js';
import { type InitializerValue, NodeReader, unsupported } from './node-reader.js';
import { operators } from './operators.js';
import { fromTensorProto } from './tensor-proto.js';

/** What all nodes of a file are decoded with. */
export interface DecodeContext {
  /** Gives the value of an initializer that became an input. */
  readonly known: InitializerValue;
  readonly opset: number;
}

/** Operators that decoding computes itself. */
const COMPUTED = new Set(['Constant', 'Shape', 'Size']);

const operatorNamed = (opType: string): Operator | undefined =>
  operators.find(({ name, onnx }) => (onnx.opType ?? name) === opType);

/** Whether nodes with this operator of ONNX can be decoded. */
export const isKnownOperator = (opType: string): boolean =>
  COMPUTED.has(opType) || Object.hasOwn(importedOperators, opType) || operatorNamed(opType) !== undefined;

/** Adds what a node computes to `values`. */
export function decodeNode(node: NodeProto, values: Map<string, Decoded>, context: DecodeContext): void {
  const inputs = node.input.map((name) => {
    if (name === '') return undefined;
    const x = values.get(name);
    if (x !== undefined) return x;
    throw new GanymedeError('GANYMEDE_ONNX_INVALID', {
      message: `${nodeName(node)} reads "${name}", which no node before it makes`,
    });
  });
  const decodeBody = (body: GraphProto, given: readonly Tensor[]): Tensor[] =>
    decodeSubgraph(body, given, values, context);
  const results = compute(new NodeReader(node, inputs, context, decodeBody));
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
  try {
    if (node.opType === 'Constant') return [reader.constant()];
    const sizes = computeSizes(node.opType, inputs, (name) => reader.optionalNumber(name), reader.castTo());
    if (sizes !== undefined) return [sizes];
    const results = [build(reader)].flat();
    return inputs.every((x) => x === undefined || isConstant(x)) ? results.map(folded) : results;
  } catch (cause) {
    throw failure(node, cause);
  }
}

function build(reader: NodeReader): Tensor | readonly Tensor[] {
  const { opType } = reader;
  // A name such as "constructor" is no operator.
  const imported = Object.hasOwn(importedOperators, opType) ? importedOperators[opType] : undefined;
  if (imported !== undefined) return imported(reader);
  const operator = operatorNamed(opType);
  if (operator !== undefined) return reader.build(operator);
  throw unsupported(reader.node, 'there is no such operator in the language', 'docs/packages/tensor.md');
}

const isConstant = (x: Decoded): boolean => x instanceof Tensor && constantValue(x) !== undefined;

/** Elements up to which what depends on constants only is computed while decoding: sizes, bounds, scales, masks. */
const FOLDED = 65_536;

/** What exporters compute from constants, as a constant: often it must be known now, as a shape or pads must be. */
function folded(x: Tensor): Tensor {
  if (isConstant(x) || !isStatic(x.shape) || sizeOf(x.shape) > FOLDED) return x;
  return constant(evaluate({ x }).x);
}

/** The error of one node as a coded one that names it. */
function failure(node: NodeProto, cause: unknown): GanymedeError {
  if (GanymedeError.is(cause, 'GANYMEDE_ONNX_UNSUPPORTED')) return cause;
  const said = cause instanceof Error ? cause.message : String(cause);
  const data = { operator: node.opType, node: node.name };
  if (GanymedeError.is(cause, 'GANYMEDE_NAMED_DIMENSION')) {
    return new GanymedeError('GANYMEDE_NAMED_DIMENSION', {
      message: `${nodeName(node)}: ${said}`,
      hint: "give the model's inputs sizes or other names: { shapes: { x: ['N', 3, 'H*4', 'W*4'] } }",
      cause,
      data,
    });
  }
  return new GanymedeError('GANYMEDE_ONNX_INVALID', {
    message: `${nodeName(node)} does not fit its inputs: ${said}`,
    cause,
    data,
  });
}

/** The results of a body over the given inputs; other names are those of the graph around it. */
function decodeSubgraph(
  body: GraphProto,
  given: readonly Tensor[],
  outer: ReadonlyMap<string, Decoded>,
  context: DecodeContext,
): Tensor[] {
  const values = new Map(outer);
  for (const x of body.initializer) values.set(x.name, constant(fromTensorProto(x)));
  body.input.forEach(({ name }, i) => {
    const x = given[i];
    if (x !== undefined) values.set(name, x);
  });
  for (const node of body.node) decodeNode(node, values, context);
  return body.output.map(({ name }) => {
    const x = values.get(name);
    if (x instanceof Tensor) return x;
    if (x !== undefined) return sizesTensor(x);
    throw new GanymedeError('GANYMEDE_ONNX_INVALID', {
      message: `result "${name}" of the body "${body.name}" is made by no node`,
    });
  });
}
