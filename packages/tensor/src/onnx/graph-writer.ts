import type { MessageInitShape } from '@bufbuild/protobuf';
import { GanymedeError } from '../error.js';
import type { Graph } from '../graph/graph.js';
import { siblingGroups } from '../graph/siblings.js';
import { isSubprogram, type Subprogram } from '../graph/subprogram.js';
import { topologicalOrder } from '../graph/topological-order.js';
import type { Attribute, Attributes, OnnxOperandKind } from '../operator.js';
import { constantValue } from '../operators/constant.js';
import { inputName } from '../operators/input.js';
import { formatShape, sameShape, type Shape } from '../shape.js';
import type { Tensor } from '../tensor.js';
import { type Value, valueOf } from '../value.js';
import { toAttributeProto } from './attribute-proto.js';
import {
  AttributeProto_AttributeType,
  type AttributeProtoSchema,
  type NodeProtoSchema,
  type TensorProto,
} from './gen/onnx_pb.js';
import { Initializers } from './initializers.js';
import { Names } from './names.js';
import { ShapeVectors } from './shape-vector.js';
import { valueInfo } from './value-info.js';

/** Operators that compute nothing: in the file, readers of the result read the input. */
const TRANSPARENT = new Set(['StopGradient', 'Tap']);

/** The tensor whose value `x` has. */
function behind(x: Tensor): Tensor {
  let source = x;
  while (TRANSPARENT.has(source.operator.name)) source = source.inputs[0] ?? source;
  return source;
}

/** What the writer of an operator's body shares with the writer of the graph around it. */
interface Surroundings {
  readonly names: Names;
  readonly initializers: Initializers;
  /** The names of the body's inputs: its own, and outer tensors by the names they have outside. */
  readonly inputs: ReadonlyMap<Tensor, string>;
}

/** Writes the nodes and initializers of one file, or of a body in it, and gives every value in it its name. */
export class GraphWriter {
  /** Inputs of the file: those of the graph that are not given. */
  readonly inputs: readonly Tensor[];
  readonly #names: Names;
  readonly #nodes: MessageInitShape<typeof NodeProtoSchema>[] = [];
  readonly #initializers: Initializers;
  readonly #shapes: ShapeVectors;
  readonly #valueNames = new Map<Tensor, string>();
  readonly #siblings: ReadonlyMap<Tensor, readonly Tensor[]>;
  /** Where nodes that are written now belong. */
  #scope = '';

  constructor(
    private readonly graph: Graph,
    private readonly given: Readonly<Record<string, Value>>,
    private readonly surroundings?: Surroundings,
  ) {
    this.#names = surroundings?.names ?? new Names();
    this.#initializers = surroundings?.initializers ?? new Initializers(this.#names.reserve);
    this.#siblings = siblingGroups(graph.nodes);
    this.inputs = graph.inputs.filter((x) => given[inputName(x) ?? ''] === undefined);
    this.#shapes = new ShapeVectors(this.inputs, {
      integers: (list) => this.#initializers.integers(list),
      nameOf: (x) => this.#nameOf(x),
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
    if (this.surroundings === undefined) this.#nameInputs();
    else for (const [x, name] of this.surroundings.inputs) this.#valueNames.set(x, name);
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
      // The names of a body's results were taken by who made them.
      if (this.surroundings === undefined && !this.#names.take(name)) {
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
    const group = this.#siblings.get(x);
    if (group !== undefined && group[0] !== x) return;
    const { onnx, name } = x.operator;
    this.#scope = x.scope;
    const opType = onnx.opType ?? name;
    if (group === undefined) {
      const output = this.#write(
        opType,
        this.#inputsOf(x),
        this.#attributesOf(x, x.attributes),
        this.#valueNames.get(x),
      );
      this.#valueNames.set(x, output);
    } else this.#writeSiblings(opType, x, group);
  }

  /** One node for all results of one application of an operator. */
  #writeSiblings(opType: string, first: Tensor, group: readonly Tensor[]): void {
    const { operator, attributes } = first;
    const name = this.#nextName(opType);
    const needed = new Set(group.map((x) => Number(x.attributes.output)));
    const all = Array.from({ length: operator.results?.(attributes) ?? 1 }, (_, i) => i);
    const results = operator.onnx.body?.results(attributes, needed) ?? all;
    const outputs = results.map((number) => {
      const own = group.find((x) => x.attributes.output === number && this.#valueNames.has(x));
      return (own && this.#valueNames.get(own)) ?? this.#names.reserve(`${name}:${number}`);
    });
    const inputs = this.#inputsOf(first);
    const derived = operator.onnx.body?.attributes(attributes, results);
    const attribute = this.#attributesOf(first, { ...attributes, ...derived });
    if (isSubprogram(attributes.body)) attribute.push(this.#bodyOf(name, first, attributes.body, results));
    this.#nodes.push({ name, opType, input: inputs, output: outputs, attribute });
    for (const x of group) {
      const output = outputs[results.indexOf(Number(x.attributes.output))] as string;
      // Two tensors may be the same result; the second is one by name only.
      if (!this.#valueNames.has(x)) this.#valueNames.set(x, output);
      else if (this.#valueNames.get(x) !== output)
        this.#write('Identity', [output], [], this.#valueNames.get(x));
    }
  }

  /** The subprogram of an operator as a graph attribute. */
  #bodyOf(
    name: string,
    { operator, inputs, attributes }: Tensor,
    { parameters, program, results }: Subprogram,
    kept: readonly number[],
  ): MessageInitShape<typeof AttributeProtoSchema> {
    const outer = operator.onnx.body?.outer(attributes) ?? 0;
    const own = parameters.slice(0, parameters.length - outer);
    const names = parameters.map((x, i) =>
      i < own.length
        ? this.#names.reserve(`${name}/${inputName(x)}`)
        : this.#nameOf(inputs[inputs.length - parameters.length + i] as Tensor),
    );
    const outputs = kept.map(
      (i) => [this.#names.reserve(`${name}/result.${i}`), results[i] as Tensor] as const,
    );
    const body = { ...program, outputs: Object.fromEntries(outputs) };
    const needed = topologicalOrder(Object.values(body.outputs));
    const writer = new GraphWriter(
      { ...body, nodes: needed, inputs: needed.filter((x) => inputName(x) !== undefined) },
      {},
      {
        names: this.#names,
        initializers: this.#initializers,
        inputs: new Map(parameters.map((x, i) => [x, names[i] as string])),
      },
    );
    const { node } = writer.write();
    return {
      name: 'body',
      type: AttributeProto_AttributeType.GRAPH,
      g: {
        name,
        node: [...node],
        input: own.map((x, i) => valueInfo(names[i] as string, x)),
        output: outputs.map(([key, x]) => valueInfo(key, x)),
      },
    };
  }

  /** Names of the inputs of a node, in ONNX's places. */
  #inputsOf(x: Tensor): string[] {
    const { places, body } = x.operator.onnx;
    const listed =
      body === undefined ? x.inputs : x.inputs.slice(0, x.inputs.length - body.outer(x.attributes));
    const names = listed.map((input) => this.#nameOf(input));
    if (places === undefined) {
      const all = [...names, ...this.#operands(x)];
      while (all.at(-1) === '') all.pop();
      return all;
    }
    const placed = new Array<string>((places[names.length - 1] ?? 0) + 1).fill('');
    names.forEach((name, i) => {
      placed[places[i] ?? i] = name;
    });
    return placed;
  }

  #attributesOf(
    { operator: { onnx } }: Tensor,
    attributes: Attributes,
  ): MessageInitShape<typeof AttributeProtoSchema>[] {
    const own = Object.entries(onnx.attributes ?? {}).flatMap(([key, kind]) => {
      const attribute = attributes[key];
      return attribute === undefined ? [] : [toAttributeProto(key, kind, attribute)];
    });
    const fixed = Object.entries(onnx.fixed ?? {}).map(([key, value]) =>
      toAttributeProto(key, typeof value === 'string' ? 'string' : 'int', value),
    );
    return [...own, ...fixed];
  }

  /** Attributes that ONNX takes as inputs. */
  #operands(x: Tensor): string[] {
    return (x.operator.onnx.operands ?? []).map(({ name, kind }) =>
      this.#operand(x, x.attributes[name], kind),
    );
  }

  #operand(x: Tensor, attribute: Attribute | undefined, kind: OnnxOperandKind): string {
    if (attribute === undefined) return '';
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
    const name = this.#nextName(opType);
    const value = output ?? name;
    this.#nodes.push({ name, opType, input: [...inputs], output: [value], attribute });
    return value;
  }

  #nextName(opType: string): string {
    return this.#names.next(this.#scope === '' ? opType : `${this.#scope}/${opType}`);
  }
}
