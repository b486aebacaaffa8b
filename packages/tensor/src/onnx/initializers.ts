import type { DataOf, Dtype } from '../dtype.js';
import { type Value, value } from '../value.js';
import type { TensorProto } from './gen/onnx_pb.js';
import { toTensorProto } from './tensor-proto.js';

/** Constants up to this many elements are compared by content, so that each is written once; larger ones by identity. */
const COMPARED = 64;

/** Collects the constants of a file under the names `constant_1`, `constant_2`, …, equal ones once. */
export class Initializers {
  readonly protos: TensorProto[] = [];
  readonly #byContent = new Map<string, string>();
  readonly #byIdentity = new Map<Value, string>();

  constructor(private readonly reserve: (base: string) => string) {}

  /** Adds a value under its own name, as a variable is. */
  addNamed(name: string, x: Value): void {
    this.protos.push(toTensorProto(name, x));
  }

  /** The name of a constant with this value. */
  nameOf(x: Value): string {
    const known = this.#byIdentity.get(x);
    if (known !== undefined) return known;
    if (x.data.length > COMPARED) {
      const name = this.#add(x);
      this.#byIdentity.set(x, name);
      return name;
    }
    const bytes = new Uint8Array(x.data.buffer, x.data.byteOffset, x.data.byteLength);
    const key = `${x.dtype}[${x.shape.join(',')}]${bytes.join(',')}`;
    const name = this.#byContent.get(key) ?? this.#add(x);
    this.#byContent.set(key, name);
    return name;
  }

  /** The name of an int64 constant: a list, or a scalar. */
  integers(x: readonly number[] | number): string {
    const list = typeof x === 'number' ? [x] : x;
    const data: DataOf['int64'] = BigInt64Array.from(list, BigInt);
    return this.nameOf(value<Dtype>('int64', typeof x === 'number' ? [] : [list.length], data));
  }

  #add(x: Value): string {
    const name = this.reserve(`constant_${this.#byContent.size + this.#byIdentity.size + 1}`);
    this.protos.push(toTensorProto(name, x));
    return name;
  }
}
