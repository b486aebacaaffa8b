import type { MessageInitShape } from '@bufbuild/protobuf';
import { GanymedeError } from '../error.js';
import type { Graph } from '../graph/graph.js';
import type { Attribute, OnnxOperandKind } from '../operator.js';
import { constantValue } from '../operators/constant.js';
import { inputName } from '../operators/input.js';
import { formatShape, sameShape, type Shape } from '../shape.js';
import type { Tensor } from '../tensor.js';
import { type Value, valueOf } from '../value.js';
import { toAttributeProto } from './attribute-proto.js';
import type { AttributeProtoSchema, NodeProtoSchema, TensorProto } from './gen/onnx_pb.js';
import { Initializers } from './initializers.js';
import { Names } from './names.js';
import { ShapeVectors } from './shape-vector.js';

/** Operators that compute nothing: in the file, readers of the result read the input. */
const TRANSPARENT = new Set(['StopGradient', 'Tap']);

/** The tensor whose value `x` has. */
function behind(x: Tensor): Tensor {
  let source = x;
  while (TRANSPARENT.has(source.operator.name)) source = source.inputs[0] ?? source;
  return source;
}

/** Writes the nodes and initializers of one file, and gives every value in it its name. */
export class GraphWriter {
  /** Inputs of the file: those of the graph that are not given. */
  readonly inputs: readonly Tensor[];
  readonly #names = new Names();
  readonly #nodes: MessageInitShape<typeof NodeProtoSchema>[] = [];
  readonly #initializers = new Initializers(this.#names.reserve);
  readonly #shapes: ShapeVectors;
  readonly #valueNames = new Map<Tensor, string>();
  /** Where nodes that are written now belong. */
  #scope = '';

  constructor(
    private readonly graph: Graph,
    private readonly given: Readonly<Record<string, Value>>,
  ) {
    this.inputs = graph.inputs.filter((x) => given[inputName(x) ?? ''] === undefined);
    this.#shapes = new ShapeVectors(this.inputs, {
      integers: (list) => this.#initializers.integers(list),
      node: (opType, inputs, attributes = {}) =>
        this.#write(
          opType,
          inputs,
          Object.entries(attributes).map(([key, x]) => toAttributeProto(key, 'int', x)),
        ),
    });
  }

  write(): {
    readonly node: readonly MessageInitShape<typeof NodeProtoSchema>[];
    readonly initializer: readonly TensorProto[];
  } {
    this.#nameInputs();
    this.#nameOutputs();
    for (const node of this.graph.nodes) this.#writeTensor(node);
    this.#scope = '';
    for (const [name, x] of Object.entries(this.graph.outputs)) {
      const own = this.#nameOf(x);
      if (own !== name) this.#write('Identity', [own], [], name);
    }
    return { node: this.#nodes, initializer: this.#initializers.protos };
  }

  #nameInputs(): void {
    for (const x of this.graph.inputs) {
      const name = inputName(x) ?? '';
      this.#names.take(name);
      this.#valueNames.set(x, name);
      const value = this.given[name];
      if (value === undefined) continue;
      if (value.dtype !== x.dtype || !sameShape(value.shape, x.shape)) {
        throw new GanymedeError('GANYMEDE_FEED', {
          message: `initializer "${name}" is ${value.dtype}${formatShape(value.shape)}, but the input is ${x.dtype}${formatShape(x.shape)}`,
        });
      }
      this.#initializers.addNamed(name, value);
    }
  }

  /** An output's name goes to the tensor itself where it can; further names of one tensor, and inputs, need an Identity. */
  #nameOutputs(): void {
    for (const [name, x] of Object.entries(this.graph.outputs)) {
      if (!this.#names.take(name)) {
        throw new GanymedeError('GANYMEDE_DUPLICATE_NAME', {
          message: `output "${name}" has the name of an input, which an ONNX file cannot express`,
          hint: 'name the output differently, for instance with a suffix',
          data: { output: name },
        });
      }
      const source = behind(x);
      if (!this.#valueNames.has(source) && constantValue(source) === undefined)
        this.#valueNames.set(source, name);
    }
  }

  #nameOf(x: Tensor): string {
    const source = behind(x);
    const value = constantValue(source);
    const name = value === undefined ? this.#valueNames.get(source) : this.#initializers.nameOf(value);
    // Nodes are in topological order, so that every input has its name by now.
    return name as string;
  }

  #writeTensor(x: Tensor): void {
    if (TRANSPARENT.has(x.operator.name) || inputName(x) !== undefined || constantValue(x) !== undefined)
      return;
    const { onnx, name } = x.operator;
    this.#scope = x.scope;
    const attributes = Object.entries(onnx.attributes ?? {}).flatMap(([key, kind]) => {
      const attribute = x.attributes[key];
      return attribute === undefined ? [] : [toAttributeProto(key, kind, attribute)];
    });
    const fixed = Object.entries(onnx.fixed ?? {}).map(([key, value]) =>
      toAttributeProto(key, typeof value === 'string' ? 'string' : 'int', value),
    );
    const inputs = [...x.inputs.map((input) => this.#nameOf(input)), ...this.#operands(x)];
    const output = this.#write(
      onnx.opType ?? name,
      inputs,
      [...attributes, ...fixed],
      this.#valueNames.get(x),
    );
    this.#valueNames.set(x, output);
  }

  /** Attributes that ONNX takes as inputs. */
  #operands(x: Tensor): string[] {
    return (x.operator.onnx.operands ?? []).map(({ name, kind }) =>
      this.#operand(x, x.attributes[name], kind),
    );
  }

  #operand(x: Tensor, attribute: Attribute | undefined, kind: OnnxOperandKind): string {
    // The kind says what the attribute is; `operands` and the operator's attributes are declared side by side.
    switch (kind) {
      case 'absent':
        return '';
      case 'ints':
        return this.#initializers.integers(attribute as readonly number[]);
      case 'int':
        return this.#initializers.integers(attribute as number);
      case 'floats':
        return this.#initializers.nameOf(valueOf(attribute as readonly number[]));
      case 'float':
        return this.#initializers.nameOf(valueOf(attribute as number, [], x.inputs[0]?.dtype ?? x.dtype));
      case 'dims':
        return this.#dims(x, attribute as Shape);
    }
  }

  /** A shape operand, without computing named dimensions where ONNX can leave them open. */
  #dims(x: Tensor, shape: Shape): string {
    const source = x.inputs[0];
    const named = shape.filter((d) => typeof d === 'string');
    if (x.operator.name === 'Reshape' && named.length === 1) {
      return this.#initializers.integers(shape.map((d) => (typeof d === 'number' ? d : -1)));
    }
    if (x.operator.name === 'Expand' && source !== undefined) {
      // A 1 in the shape of Expand keeps the input's dimension.
      const lead = shape.length - source.rank;
      return this.#shapes.of(
        shape.map((d, i) => (typeof d === 'string' && source.shape[i - lead] === d ? 1 : d)),
      );
    }
    return this.#shapes.of(shape);
  }

  #write(
    opType: string,
    inputs: readonly string[],
    attribute: MessageInitShape<typeof AttributeProtoSchema>[] = [],
    output?: string,
  ): string {
    const name = this.#names.next(this.#scope === '' ? opType : `${this.#scope}/${opType}`);
    const value = output ?? name;
    this.#nodes.push({ name, opType, input: [...inputs], output: [value], attribute });
    return value;
  }
}
