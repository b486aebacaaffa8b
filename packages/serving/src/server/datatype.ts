import type { Dtype } from '@ganymede/tensor';

/** The Open Inference Protocol's name of each dtype. */
const names: Readonly<Record<Dtype, string>> = {
  float32: 'FP32',
  float64: 'FP64',
  int32: 'INT32',
  int64: 'INT64',
  bool: 'BOOL',
  uint8: 'UINT8',
};

export const datatypeOf = (dtype: Dtype): string => names[dtype];

/** Shape as the protocol writes it: a dimension that may vary is -1. */
export const protocolShape = (shape: readonly (number | string)[]): number[] =>
  shape.map((d) => (typeof d === 'number' ? d : -1));
