import {
  concat,
  constant,
  gather,
  gatherElements,
  gemm,
  logSoftmax,
  matmul,
  maximum,
  ones,
  softmax,
  type Tensor,
  transpose,
} from '@ganymede/tensor';
import type { SequenceVariables } from './sequence-variables.js';
import { stackHidden, teacherForce } from './teacher-force.js';
import { tokenLogits } from './token-logits.js';

const timeFirst = (x: Tensor): Tensor => transpose(x, [1, 0]).reshape([-1]);

const rowsFirst = (x: Tensor, [rows, length]: readonly [number, number]): Tensor =>
  transpose(x.reshape([length, rows]), [1, 0]);

/**
 * log p(token t | tokens before it), natural logarithm: `[rows, T]` from integer tokens `[rows, T]`. Differentiable to any
 * order. For training use {@link weightedLogLikelihood}, which is faster.
 */
export function tokenLogLikelihood(variables: SequenceVariables, tokens: Tensor): Tensor {
  const shape = tokens.shape as readonly [number, number];
  const hidden = stackHidden(teacherForce(variables, tokens));
  const logs = logSoftmax(tokenLogits(variables, hidden), 1);
  return rowsFirst(gatherElements(logs, timeFirst(tokens).reshape([-1, 1]), 1), shape);
}

/**
 * A scalar whose first gradient is that of sum(weights * log p(tokens)): maximum likelihood with equal weights, REINFORCE with
 * rewards as weights. Its value means nothing; `logLikelihood` `[rows, T]` is reported (never below log 1e-37, no gradient).
 *
 * Why not differentiate the log-softmax: for a large vocabulary the time goes into passes over `[T * rows, V]`. With P the
 * softmax held constant, sum_i w_i h_i · (W[y_i] - (P W)_i) has the same first gradient as sum_i w_i log p_i, needs two such
 * passes in place of eight, and scatters rows of H numbers instead of V.
 *
 * @param weights `[rows, T]`, constants of the gradient.
 */
export function weightedLogLikelihood(
  variables: SequenceVariables,
  tokens: Tensor,
  weights: Tensor,
): { readonly objective: Tensor; readonly logLikelihood: Tensor } {
  const shape = tokens.shape as readonly [number, number];
  const { kernel, bias } = variables;
  // The bias is one more column of the kernel, met by one more hidden unit that is always 1.
  const states = stackHidden(teacherForce(variables, tokens));
  const hidden = concat([states, ones([shape[0] * shape[1], 1])], 1);
  const rows = concat([kernel, bias.reshape([-1, 1])], 1);
  const targets = timeFirst(tokens);
  const probabilities = softmax(gemm(hidden, rows, { transB: true }), 1).stopGradient();
  const difference = gather(rows, targets, 0).sub(matmul(probabilities, rows));
  const picked = gatherElements(probabilities, targets.reshape([-1, 1]), 1);
  return {
    objective: timeFirst(weights.stopGradient()).reshape([-1, 1]).mul(hidden).mul(difference).sum(),
    logLikelihood: rowsFirst(maximum(picked, constant(1e-37)).log(), shape),
  };
}
