import { compileSampler, createRng, GanymedeError, type Run, type Sampler } from '@ganymede/core';
import { grad, numbersOf, type Tensor, type Value } from '@ganymede/tensor';

/** What a run's discriminator says of points. */
export interface CriticValues {
  /** Raw logit of each point. */
  readonly logits: readonly number[];
  /** Its gradient at each point, two numbers each. */
  readonly slopes: readonly number[];
}

/**
 * Raw logits of a run's discriminator at points `[count, 2]`, and their gradients with respect to the points. Computed on the run's
 * backend from its present state.
 *
 * @throws `GANYMEDE_NO_DISCRIMINATOR` for an algorithm without a discriminator of single samples
 */
export async function criticValues({ algorithm, state, backend }: Run, points: Value): Promise<CriticValues> {
  const { discriminate, conditions } = algorithm;
  if (discriminate === undefined || conditions !== undefined) {
    throw new GanymedeError('GANYMEDE_NO_DISCRIMINATOR', {
      message: 'this algorithm has no discriminator that judges samples one by one',
      hint: 'a value surface is drawn of adversarial GANs without conditions, such as toy',
    });
  }
  const count = points.shape[0] as number;
  const critic: Sampler = {
    kind: 'points',
    inputs: { points: { dtype: 'float32', shape: ['N', 2] } },
    program(variables, inputs, ctx) {
      const x = inputs.points as Tensor;
      const logits = discriminate(variables, x, ctx).reshape([count]);
      const [slopes] = grad(logits.sum(), [x]) as [Tensor];
      return { logits, slopes };
    },
  };
  const values = await state.snapshot();
  const compiled = await compileSampler(critic, values, backend, count);
  try {
    const { logits, slopes } = await compiled.sample({
      state: new Map(Object.entries(values)),
      count,
      rng: createRng(0),
      inputs: { points },
    });
    return { logits: numbersOf(logits as Value), slopes: numbersOf(slopes as Value) };
  } finally {
    await compiled.dispose();
  }
}
