import { type Dtype, GanymedeError, input } from '../../packages/tensor/src/index.js';
import type { OperatorCase } from '../../packages/testing/src/operator/operator-case.js';

const DTYPES: readonly Dtype[] = ['float32', 'float64', 'int32', 'int64', 'uint8', 'bool'];

/** The dtypes that a row's function takes: those that its floating inputs can have instead, or those it is given. */
export function acceptedDtypes({ inputs, build }: OperatorCase): Dtype[] {
  const samples = Object.entries(inputs);
  if (samples.length === 0) return [];
  const given = new Set(samples.map(([, { dtype }]) => dtype));
  if (!given.has(undefined)) return DTYPES.filter((dtype) => given.has(dtype));
  return DTYPES.filter((candidate) => {
    try {
      const tensors = samples.map(([name, { shape, dtype = candidate }]) => [
        name,
        input(name, shape, dtype),
      ]);
      build(Object.fromEntries(tensors));
      return true;
    } catch (error) {
      if (GanymedeError.is(error, 'GANYMEDE_DTYPE')) return false;
      throw error;
    }
  });
}
