import type { Dtype, TensorData } from './dtype.js';
import type { Subprogram } from './graph/subprogram.js';
import type { Shape } from './shape.js';
import type { Tensor } from './tensor.js';
import type { Value } from './value.js';

/** Static arguments of an operator, named as in ONNX. */
export type Attribute =
  | number
  | string
  | boolean
  | readonly number[]
  | readonly string[]
  | Shape
  | Value
  | Subprogram;
/** Static arguments of an operator by name. */
export type Attributes = Readonly<Record<string, Attribute>>;

/** What is known of a tensor before it is computed. */
export interface TensorType {
  readonly dtype: Dtype;
  readonly shape: Shape;
}

/** A partial derivative: a tensor, `null` where none exists or is wanted, or a thunk built only if it is needed. */
export type Partial = Tensor | null | (() => Tensor);

/** Attributes of an operator that has none. */
export type NoAttributes = Readonly<Record<string, never>>;

/** Inputs of an operator with one of them. */
export type Unary = readonly [Tensor];
/** Inputs of an operator with two of them. */
export type Binary = readonly [Tensor, Tensor];
/** Inputs of an operator with three of them. */
export type Ternary = readonly [Tensor, Tensor, Tensor];

/** Inputs of any operator; the last ones may be optional. */
export type Inputs = readonly (Tensor | undefined)[];

/** What a kernel is asked to make. */
export interface OutputType {
  readonly dtype: Dtype;
  readonly shape: readonly number[];
}

/** How an attribute is stored in an ONNX node. */
export type OnnxAttributeKind = 'int' | 'ints' | 'float' | 'string' | 'strings' | 'dtype';

/**
 * How an attribute is passed as a constant input of an ONNX node.
 *
 * - `ints`: an int64 list; `int`: an int64 scalar.
 * - `dims`: a shape, whose named dimensions the encoder turns into -1 or reads from the graph's inputs.
 * - `float`: a scalar of the first input's dtype; `floats`: a float32 list.
 * - `absent`: an optional ONNX input that is always left out; the name stands for no attribute.
 */
export type OnnxOperandKind = 'ints' | 'int' | 'dims' | 'float' | 'floats' | 'absent';

/** How the subprogram of an operator is written: as a graph attribute that reads what is outside of it by name. */
export interface OnnxBody<A extends Attributes> {
  /** How many of the last inputs the node does not list, because its body reads them by name. */
  outer(attributes: A): number;
  /** The results that node and body have in ONNX, if `needed` are: others may be left out, and the order is ONNX's. */
  results(attributes: A, needed: ReadonlySet<number>): readonly number[];
  /** Further attributes of the node, as it has these results. */
  attributes(attributes: A, results: readonly number[]): Attributes;
}

/** How an operator is written in ONNX (opset 17). Drives both encoding and decoding, so they cannot disagree. */
export interface OnnxForm<A extends Attributes = Attributes, I extends Inputs = readonly Tensor[]> {
  /** `op_type`, when it is not the operator's own name. */
  readonly opType?: string;
  /** Where the inputs stand among those of the ONNX node, if it has optional ones in between. */
  readonly places?: readonly number[];
  /** Set where the operator runs a subprogram, its attribute `body`. */
  readonly body?: OnnxBody<A>;
  /** Which attributes are ONNX attributes, and of which type. */
  readonly attributes?: Readonly<Record<string, OnnxAttributeKind>>;
  /** Which attributes ONNX takes as constant inputs, in order, after the one tensor input. */
  readonly operands?: readonly { readonly name: string; readonly kind: OnnxOperandKind }[];
  /** ONNX attributes that are always written with this value and accepted with no other. */
  readonly fixed?: Readonly<Record<string, number | string>>;
  /** ONNX attributes that are never written, and accepted with this value only; `any` where other inputs tell as much. */
  readonly accepted?: Readonly<Record<string, number | string | 'any'>>;
  /** Values of attributes that an ONNX file may leave out, used when decoding. */
  readonly defaults?: { readonly [K in keyof A]?: A[K] };
  /**
   * Builds the tensor from a decoded node, where an attribute may be absent or written in another legal way (negative axes).
   * Without it, the node becomes the operator with `defaults` filled in. All results in order where there are several.
   */
  decode?(inputs: I, attributes: { readonly [K in keyof A]?: A[K] }): Tensor | readonly Tensor[];
}

/**
 * One operator of the language: one file defines its TypeScript function, this record, and nothing else.
 *
 * - `infer` is the shape and dtype rule; it throws at the user's line (`GANYMEDE_SHAPE`, `GANYMEDE_DTYPE`, `GANYMEDE_AXIS`).
 * - `gradient` gets the gradient `g` of the output, the output itself, and its inputs, and returns one partial per input,
 *   written with operators, so that it can be differentiated again. Missing: differentiating through it is an error.
 * - `evaluate` is the reference kernel in plain TypeScript, exact in float64: it folds constants and checks backends.
 *
 * A tensor is one result. An operator with several has an attribute `output` that numbers them: the tensors that agree in
 * everything else (their siblings, `siblingOf`) are one node in an ONNX file, and are differentiated together by `gradients`.
 * Every pass and backend sees ordinary tensors, and the results that nobody needs are dead code.
 */
export interface Operator<A extends Attributes = Attributes, I extends Inputs = readonly Tensor[]> {
  readonly name: string;
  infer(inputs: I, attributes: A): TensorType;
  gradient?(g: Tensor, output: Tensor, inputs: I, attributes: A): readonly Partial[];
  /** How many results there are, if `output` numbers them. */
  results?(attributes: A): number;
  /**
   * In place of `gradient` where there are several results: `gs` are their gradients, none for
   * one that does not matter.
   */
  gradients?(gs: readonly (Tensor | undefined)[], call: Siblings<I, A>): readonly Partial[];
  evaluate(inputs: { readonly [K in keyof I]: Value }, attributes: A, output: OutputType): TensorData;
  readonly onnx: OnnxForm<A, I>;
}

/** One application of an operator with several results, while it is differentiated. */
export interface Siblings<I extends Inputs, A extends Attributes> {
  readonly inputs: I;
  readonly attributes: A;
  /** Whether the partial of each input is needed. */
  readonly wanted: readonly boolean[];
  /** Any of the results, by its number. */
  result(output: number): Tensor;
}

/**
 * Declares an operator. A typed identity: no registration, no side effect, so that bundlers drop operators nobody uses.
 *
 * @__NO_SIDE_EFFECTS__
 */
export function defineOperator<A extends Attributes, I extends Inputs = readonly Tensor[]>(
  operator: Operator<A, I>,
): Operator<A, I> {
  return operator;
}
