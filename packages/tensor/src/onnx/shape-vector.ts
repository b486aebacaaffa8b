import { GanymedeError } from '../error.js';
import { type Dim, factorsOf, formatShape, isStatic, quotientOf, type Shape } from '../shape.js';
import type { Tensor } from '../tensor.js';

/** What the shape vector needs of the file being written. */
export interface ShapeVectorWriter {
  integers(list: readonly number[]): string;
  /** The name of an input in the file. */
  nameOf(input: Tensor): string;
  /** Adds a node and returns the name of its output. */
  node(opType: string, inputs: readonly string[], attributes?: Readonly<Record<string, number>>): string;
}

/**
 * Writes shapes as int64 vectors. Named dimensions are read, when the graph runs, from an input that carries them: Shape,
 * Gather, and a product or quotient where the input has another multiple of the name.
 */
export class ShapeVectors {
  readonly #known = new Map<Dim, string>();

  constructor(
    private readonly inputs: readonly Tensor[],
    private readonly writer: ShapeVectorWriter,
  ) {}

  /** The name of a vector with the sizes of `shape`. */
  of(shape: Shape): string {
    if (isStatic(shape)) return this.writer.integers(shape);
    const parts: string[] = [];
    let numbers: number[] = [];
    const flush = (): void => {
      if (numbers.length > 0) parts.push(this.writer.integers(numbers));
      numbers = [];
    };
    for (const dim of shape) {
      if (typeof dim === 'number') {
        numbers.push(dim);
        continue;
      }
      flush();
      parts.push(this.#sizeOf(dim, shape));
    }
    flush();
    return parts.length === 1 ? String(parts[0]) : this.writer.node('Concat', parts, { axis: 0 });
  }

  /** The name of a one-element vector with the size that `dim` stands for. */
  #sizeOf(dim: string, shape: Shape): string {
    const known = this.#known.get(dim);
    if (known !== undefined) return known;
    const { factor, names } = factorsOf(dim);
    const whole = this.#read(dim);
    const parts =
      whole === undefined ? names.map((name) => this.#read(name) ?? this.#refuse(name, shape)) : [whole];
    if (whole === undefined && factor !== 1) parts.push(this.writer.integers([factor]));
    const size = parts.reduce((a, b) => this.writer.node('Mul', [a, b]));
    this.#known.set(dim, size);
    return size;
  }

  /** Reads a dimension from an input that has it, or a multiple or fraction of it. */
  #read(dim: string): string | undefined {
    for (const x of this.inputs) {
      for (const [axis, own] of x.shape.entries()) {
        if (typeof own === 'number' || factorsOf(own).names.join('*') !== factorsOf(dim).names.join('*'))
          continue;
        const times = quotientOf(dim, own);
        const over = quotientOf(own, dim);
        if (typeof times !== 'number' && typeof over !== 'number') continue;
        const shape = this.writer.node('Shape', [this.writer.nameOf(x)]);
        const size = this.writer.node('Gather', [shape, this.writer.integers([axis])], { axis: 0 });
        if (times === 1) return size;
        return typeof times === 'number'
          ? this.writer.node('Mul', [size, this.writer.integers([times])])
          : this.writer.node('Div', [size, this.writer.integers([Number(over)])]);
      }
    }
    return undefined;
  }

  #refuse(name: string, shape: Shape): never {
    throw new GanymedeError('GANYMEDE_NAMED_DIMENSION', {
      message: `the shape ${formatShape(shape)} cannot be computed: no input of the graph has the dimension ${name}`,
      hint: 'a named dimension gets its size from an input whose shape contains it',
    });
  }
}
