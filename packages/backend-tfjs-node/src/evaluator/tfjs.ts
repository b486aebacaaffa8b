import type { Dtype } from '@ganymede/tensor';

/** The exports of `@tensorflow/tfjs-core`, which every TensorFlow.js package hands on. */
export type Tfjs = typeof import('@tensorflow/tfjs-core');

/** A tensor of TensorFlow.js. */
export type TfTensor = import('@tensorflow/tfjs-core').Tensor;

/** The element types that TensorFlow.js computes with. */
export type TfDtype = 'float32' | 'int32' | 'bool';

/** What holds each dtype; float64 has no counterpart. An int64 is held as int32, a uint8 too. */
export const held: Readonly<Record<Exclude<Dtype, 'float64'>, TfDtype>> = {
  float32: 'float32',
  int32: 'int32',
  int64: 'int32',
  uint8: 'int32',
  bool: 'bool',
};
