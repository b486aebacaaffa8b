import { gemm, matmul, productOf, type Tensor } from '@ganymede/tensor';

/**
 * x · kernel + bias over the last dimension. Leading dimensions are merged around it, so that it is one Gemm with its bias: ONNX's
 * MatMul has none.
 */
export function affine(x: Tensor, kernel: Tensor, bias?: Tensor): Tensor {
  if (bias === undefined) return x.rank === 2 ? gemm(x, kernel) : matmul(x, kernel);
  if (x.rank === 2) return gemm(x, kernel, { bias });
  const lead = x.shape.slice(0, -1);
  const rows = x.reshape([productOf(lead), x.shape.at(-1) ?? 1]);
  return gemm(rows, kernel, { bias }).reshape([...lead, kernel.shape[1] ?? 1]);
}
