import type { Dtype } from '../dtype.js';
import { GanymedeError } from '../error.js';
import type { Attribute, Attributes, OnnxForm, OnnxOperandKind, Operator } from '../operator.js';
import { constant, constantValue } from '../operators/constant.js';
import { formatShape, type Shape } from '../shape.js';
import { makeTensor, Tensor } from '../tensor.js';
import { numbersOf, type Value } from '../value.js';
import { fromAttributeProto } from './attribute-proto.js';
import type { AttributeProto, GraphProto, NodeProto } from './gen/onnx_pb.js';
import type { ImportedNode } from './imported-operators.js';
import { dtypeOf } from './element-types.js';
import { type Decoded, sizesIn, sizesTensor } from './known-sizes.js';
import { nodeName } from './needed-nodes.js';
import { fromTensorProto } from './tensor-proto.js';

/** Gives the value of an initializer that became an input. */
export type InitializerValue = (name: string) => Value | undefined;

/** An error about one node, naming it. */
export const unsupported = (node: NodeProto, what: string, hint?: string): GanymedeError =>
  new GanymedeError('GANYMEDE_ONNX_UNSUPPORTED', {
    message: `${nodeName(node)}: ${what}`,
    ...(hint !== undefined && { hint }),
    data: { operator: node.opType, node: node.name },
  });

/** Reads the inputs and attributes of one node. */
export class NodeReader implements ImportedNode {
  readonly #attributes = new Map<string, AttributeProto>();

  constructor(
    readonly node: NodeProto,
    readonly inputs: readonly (Decoded | undefined)[],
    private readonly context: { readonly known: InitializerValue; readonly opset: number },
    private readonly decodeBody: (body: GraphProto, given: readonly Tensor[]) => readonly Tensor[],
  ) {
    for (const attribute of node.attribute) this.#attributes.set(attribute.name, attribute);
  }

  get opset(): number {
    return this.context.opset;
  }

  get opType(): string {
    return this.node.opType;
  }

  get inputCount(): number {
    return this.inputs.filter((x) => x !== undefined).length;
  }

  get outputCount(): number {
    return this.node.output.length;
  }

  input(index: number): Tensor {
    const x = this.inputs[index];
    if (x instanceof Tensor) return x;
    if (x === undefined) {
      throw new GanymedeError('GANYMEDE_ONNX_INVALID', { message: `${this.opType} has no input ${index}` });
    }
    return sizesTensor(x);
  }

  all(): readonly Tensor[] {
    return this.inputs.map((_, i) => this.input(i));
  }

  optional(index: number): Tensor | undefined {
    return this.inputs[index] === undefined ? undefined : this.input(index);
  }

  text(name: string, fallback: string): string {
    const x = this.#attribute(name);
    return typeof x === 'string' ? x : fallback;
  }

  texts(name: string): readonly string[] | undefined {
    return this.#attributes.get(name)?.strings.map((item) => new TextDecoder().decode(item));
  }

  numbers(name: string): readonly number[] | undefined {
    const x = this.#attribute(name);
    // A list of strings would be no list of numbers in the file either.
    return Array.isArray(x) ? (x as readonly number[]) : undefined;
  }

  body(name: string, given: readonly Tensor[]): readonly Tensor[] {
    const graph = this.#attributes.get(name)?.g;
    if (graph === undefined) throw unsupported(this.node, `it has no body "${name}"`);
    return this.decodeBody(graph, given);
  }

  ints(index: number): readonly number[] | undefined {
    return this.inputs[index] === undefined ? undefined : numbersOf(this.#constant(index));
  }

  shape(index: number): Shape {
    const x = this.inputs[index];
    return (x && sizesIn(x)?.sizes) ?? numbersOf(this.#constant(index));
  }

  number(name: string, fallback: number): number {
    return this.optionalNumber(name) ?? fallback;
  }

  optionalNumber(name: string): number | undefined {
    const x = this.#attribute(name);
    return typeof x === 'number' ? x : undefined;
  }

  dtype(name: string): Dtype {
    const number = this.optionalNumber(name);
    if (number !== undefined) return dtypeOf(number, `attribute ${name}`);
    throw new GanymedeError('GANYMEDE_ONNX_INVALID', { message: `${this.opType} has no ${name}` });
  }

  value(name: string): Value | undefined {
    const proto = this.#attributes.get(name)?.t;
    return proto && fromTensorProto(proto);
  }

  /** The dtype that a Cast asks for, if the language has it. */
  castTo(): Dtype | undefined {
    const to = this.opType === 'Cast' ? this.optionalNumber('to') : undefined;
    return to === undefined ? undefined : dtypeOf(to, 'the result');
  }

  /** The constant that a Constant node holds in one of several attributes. */
  constant(): Tensor {
    const [attribute] = this.node.attribute;
    const x = attribute && fromAttributeProto(attribute);
    if (attribute === undefined || x === undefined || attribute.name.startsWith('value_string'))
      throw unsupported(this.node, 'a constant of this kind');
    if (typeof x === 'object' && 'dtype' in x) return constant(x);
    const dtype = attribute.name.startsWith('value_int') ? 'int64' : 'float32';
    // Strings were refused above.
    return constant(x as number | readonly number[], dtype);
  }

  /** The node as an operator of the language. */
  build(operator: Operator): Tensor | readonly Tensor[] {
    const { onnx } = operator;
    const operands = onnx.operands ?? [];
    const attributes = { ...this.#ownAttributes(onnx), ...this.#operands(operands) };
    const count = operands.length > 0 ? 1 : this.inputs.length;
    if (operands.length > 0 && this.inputs.length > 1 + operands.length) {
      throw unsupported(this.node, `input ${this.inputs.length} is not understood`);
    }
    const tensors = Array.from({ length: count }, (_, i) => i)
      .filter((i) => this.inputs[i] !== undefined)
      .map((i) => this.input(i));
    if (onnx.decode !== undefined) return onnx.decode(tensors, attributes);
    const complete = { ...onnx.defaults, ...attributes } as Attributes;
    const wanted = [
      ...Object.keys(onnx.attributes ?? {}),
      ...operands.flatMap((x) => (x.kind === 'absent' ? [] : x.name)),
    ];
    const missing = wanted.find((name) => complete[name] === undefined);
    if (missing === undefined) return makeTensor(operator, tensors, complete);
    throw new GanymedeError('GANYMEDE_ONNX_INVALID', { message: `${this.opType} has no ${missing}` });
  }

  #attribute(name: string): ReturnType<typeof fromAttributeProto> {
    const proto = this.#attributes.get(name);
    return proto && fromAttributeProto(proto);
  }

  /** The value of an input that must be known while decoding. */
  #constant(index: number): Value {
    const x = this.inputs[index];
    const value =
      x instanceof Tensor
        ? (constantValue(x) ?? this.context.known(this.node.input[index] ?? ''))
        : undefined;
    if (value === undefined)
      throw unsupported(this.node, `input ${index} is computed while the graph runs, and must be constant`);
    return value;
  }

  #ownAttributes(form: OnnxForm): Record<string, Attribute> {
    const result: Record<string, Attribute> = {};
    for (const name of this.#attributes.keys()) {
      const x = this.#attribute(name);
      const kind = form.attributes?.[name];
      const only = form.fixed?.[name] ?? form.accepted?.[name];
      if (kind !== undefined && x !== undefined) {
        result[name] = kind === 'dtype' ? dtypeOf(Number(x), `attribute ${name}`) : x;
      } else if (only === undefined || (only !== 'any' && ![x].flat().every((value) => value === only))) {
        throw unsupported(
          this.node,
          `attribute ${name}${only === undefined ? ' is not understood' : ` = ${x} is not ${only}`}`,
        );
      }
    }
    return result;
  }

  #operands(
    operands: readonly { readonly name: string; readonly kind: OnnxOperandKind }[],
  ): Record<string, Attribute> {
    const result: Record<string, Attribute> = {};
    for (const [i, { name, kind }] of operands.entries()) {
      if (this.inputs[i + 1] !== undefined && kind !== 'absent') result[name] = this.#operand(i + 1, kind);
    }
    return result;
  }

  #operand(index: number, kind: OnnxOperandKind): Attribute {
    if (kind === 'dims') return this.shape(index);
    const value = this.#constant(index);
    const numbers = numbersOf(value);
    if (kind === 'ints' || kind === 'floats') return numbers;
    const [only] = numbers;
    if (only !== undefined && numbers.length === 1) return only;
    throw unsupported(this.node, `input ${index} of shape ${formatShape(value.shape)} must be one number`);
  }
}
