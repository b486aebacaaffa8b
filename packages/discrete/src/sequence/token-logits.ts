import { gemm, type Tensor } from '@ganymede/tensor';
import type { SequenceVariables } from './sequence-variables.js';

/** Logits `[rows, V]` of the next token, from hidden vectors `[rows, H]`. */
export const tokenLogits = ({ kernel, bias }: SequenceVariables, hidden: Tensor): Tensor =>
  gemm(hidden, kernel, { transB: true, bias });
