import type { Dtype } from './dtype.js';
import { type Origin, originIfTraced } from './origin.js';
import { currentScope } from './scope.js';
import type { Attributes, Inputs, Operator } from './operator.js';
import { type Dim, formatShape, type Shape } from './shape.js';
import { abs } from './operators/abs.js';
import { add } from './operators/add.js';
import { cast } from './operators/cast.js';
import { clip } from './operators/clip.js';
import { div } from './operators/div.js';
import { equal } from './operators/equal.js';
import { exp } from './operators/exp.js';
import { expand } from './operators/expand.js';
import { gather } from './operators/gather.js';
import { greater } from './operators/greater.js';
import { less } from './operators/less.js';
import { leakyRelu } from './operators/leaky-relu.js';
import { log } from './operators/log.js';
import { matmul } from './operators/matmul.js';
import { mul } from './operators/mul.js';
import { neg } from './operators/neg.js';
import { pow } from './operators/pow.js';
import { max } from './operators/reduce-max.js';
import { mean } from './operators/reduce-mean.js';
import { min } from './operators/reduce-min.js';
import { sum } from './operators/reduce-sum.js';
import { relu } from './operators/relu.js';
import { reshape } from './operators/reshape.js';
import { sigmoid } from './operators/sigmoid.js';
import { slice } from './operators/slice.js';
import { softplus } from './operators/softplus.js';
import { sqrt } from './operators/sqrt.js';
import { stopGradient } from './operators/stop-gradient.js';
import { sub } from './operators/sub.js';
import { tanh } from './operators/tanh.js';
import { transpose } from './operators/transpose.js';

/** Anything an elementwise operator accepts: a number becomes a scalar constant of the other operand's dtype. */
export type TensorLike = Tensor | number;

let nextId = 0;

/**
 * A symbolic value: an operator applied to inputs. Immutable; making one computes nothing, and a wrong shape or dtype
 * throws at the line that makes it. The methods are the functions of the same name with this tensor as first argument.
 */
export class Tensor {
  /** Unique in the process; orders tensors by creation and names unnamed graph nodes. */
  readonly id: number = nextId++;
  readonly dtype: Dtype;
  readonly shape: Shape;
  /** Layer path in which the tensor was made, such as `generator/dense1`. */
  readonly scope: string = currentScope();
  /** Where it was made, for those who look for a fault with `traceOrigins`. */
  readonly origin: Origin | undefined = originIfTraced();

  constructor(
    readonly operator: Operator,
    readonly inputs: readonly Tensor[],
    readonly attributes: Attributes,
  ) {
    const { dtype, shape } = operator.infer(inputs, attributes);
    this.dtype = dtype;
    this.shape = shape;
  }

  get rank(): number {
    return this.shape.length;
  }

  add(other: TensorLike): Tensor {
    return add(this, other);
  }
  sub(other: TensorLike): Tensor {
    return sub(this, other);
  }
  mul(other: TensorLike): Tensor {
    return mul(this, other);
  }
  div(other: TensorLike): Tensor {
    return div(this, other);
  }
  pow(exponent: TensorLike): Tensor {
    return pow(this, exponent);
  }
  neg(): Tensor {
    return neg(this);
  }
  abs(): Tensor {
    return abs(this);
  }
  exp(): Tensor {
    return exp(this);
  }
  log(): Tensor {
    return log(this);
  }
  sqrt(): Tensor {
    return sqrt(this);
  }
  square(): Tensor {
    return mul(this, this);
  }
  tanh(): Tensor {
    return tanh(this);
  }
  sigmoid(): Tensor {
    return sigmoid(this);
  }
  softplus(): Tensor {
    return softplus(this);
  }
  relu(): Tensor {
    return relu(this);
  }
  leakyRelu(slope?: number): Tensor {
    return leakyRelu(this, slope);
  }
  clip(low: number, high: number): Tensor {
    return clip(this, low, high);
  }
  equal(other: TensorLike): Tensor {
    return equal(this, other);
  }
  greater(other: TensorLike): Tensor {
    return greater(this, other);
  }
  less(other: TensorLike): Tensor {
    return less(this, other);
  }
  /** Sum over `axes` (default: all). `keepDims` keeps them as size 1. */
  sum(axes?: number | readonly number[], keepDims?: boolean): Tensor {
    return sum(this, axes, keepDims);
  }
  mean(axes?: number | readonly number[], keepDims?: boolean): Tensor {
    return mean(this, axes, keepDims);
  }
  max(axes?: number | readonly number[], keepDims?: boolean): Tensor {
    return max(this, axes, keepDims);
  }
  min(axes?: number | readonly number[], keepDims?: boolean): Tensor {
    return min(this, axes, keepDims);
  }
  matmul(other: Tensor): Tensor {
    return matmul(this, other);
  }
  /** At most one dimension may be -1. */
  reshape(shape: readonly Dim[]): Tensor {
    return reshape(this, shape);
  }
  transpose(permutation?: readonly number[]): Tensor {
    return transpose(this, permutation);
  }
  expand(shape: Shape): Tensor {
    return expand(this, shape);
  }
  /** Elements `[start, end)` of one axis; negative counts from the end. */
  slice(axis: number, start: number, end?: number, step?: number): Tensor {
    return slice(this, {
      axes: [axis],
      starts: [start],
      ends: [end ?? Number.MAX_SAFE_INTEGER],
      steps: [step ?? 1],
    });
  }
  gather(indices: Tensor, axis?: number): Tensor {
    return gather(this, indices, axis);
  }
  cast(dtype: Dtype): Tensor {
    return cast(this, dtype);
  }
  stopGradient(): Tensor {
    return stopGradient(this);
  }

  /** `Gemm float32[N, 10] in generator/dense`: for messages and the console, in place of the whole graph behind it. */
  toString(): string {
    const { operator, dtype, shape, scope } = this;
    return `${operator.name} ${dtype}${formatShape(shape)}${scope === '' ? '' : ` in ${scope}`}`;
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return `Tensor(${this})`;
  }
}

/** Applies `operator`: what every operator's public function ends in. */
export function makeTensor<A extends Attributes, I extends Inputs>(
  operator: Operator<A, I>,
  inputs: I,
  attributes: A,
): Tensor {
  // A tensor keeps its operator untyped: the pairing with `inputs` and `attributes` was checked by this signature, and an
  // optional input is left out, never undefined.
  return new Tensor(operator as unknown as Operator, inputs as readonly Tensor[], attributes);
}
