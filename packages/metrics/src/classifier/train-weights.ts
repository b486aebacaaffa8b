import {
  type Backend,
  compileStep,
  createDataStream,
  type Dataset,
  flattenTree,
  type Held,
  type Rng,
  type State,
  type Step,
  toHost,
  unflattenTree,
} from '@ganymede/core';
import { adam, descend, schedules } from '@ganymede/nn';
import { logSoftmax, oneHot, type Tensor, type Value } from '@ganymede/tensor';
import type { ClassifierNetwork } from './classifier-network.js';
import type { LabelledImages } from './labelled-images.js';

/** How long a classifier is trained, and on how many images at a time. */
export interface Training {
  readonly steps: number;
  readonly batchSize: number;
}

/** Mean cross-entropy of raw logits `[batch, classes]` against labels `[batch]`. */
const crossEntropy = (logits: Tensor, labels: Tensor, classes: number): Tensor =>
  logSoftmax(logits, 1)
    .mul(oneHot(labels.cast('int64'), classes))
    .sum(1)
    .mean()
    .neg();

/** A classifier's variables, `body/…` and `head/…`, before training. */
export function initialWeights(
  network: ClassifierNetwork,
  shape: readonly number[],
  features: number,
  rng: Rng,
): State {
  return {
    ...flattenTree<Value>(network.body.init(rng.child('body'), [1, ...shape]), 'body'),
    ...flattenTree<Value>(network.head.init(rng.child('head'), [1, features]), 'head'),
  };
}

/**
 * The variables after `steps` batches of Adam on the cross-entropy, the rate falling linearly from 2e-3 to 1e-4. The same data,
 * numbers and seed give the same weights, bit for bit on a deterministic backend.
 */
export async function trainWeights(
  network: ClassifierNetwork,
  initial: State,
  data: Dataset,
  { shape, classes }: LabelledImages,
  { steps, batchSize }: Training,
  backend: Backend,
  rng: Rng,
): Promise<State> {
  const optimizer = adam({ rate: schedules.linear({ from: 2e-3, to: 1e-4, steps }) });
  const paths = Object.keys(initial);
  const slots = flattenTree<Value>(optimizer.init(unflattenTree(initial)), 'optimizer');
  const step: Step = {
    name: 'classifier',
    batch: {
      images: { dtype: 'float32', shape: [batchSize, ...shape] },
      labels: { dtype: 'int32', shape: [batchSize] },
    },
    program(state, { images, labels }, ctx) {
      const params = { body: state.tree('body'), head: state.tree('head') };
      const features = network.body.apply(params.body, images as Tensor, ctx.child('body'));
      const logits = network.head.apply(params.head, features, ctx.child('head'));
      const loss = crossEntropy(logits, labels as Tensor, classes);
      const next = descend(optimizer, loss, params, state.tree('optimizer'), ctx);
      return {
        state: {
          ...flattenTree(next.params),
          ...flattenTree(next.slots, 'optimizer'),
        },
        outputs: { loss },
      };
    },
  };
  let state = new Map<string, Held>(Object.entries({ ...initial, ...slots }));
  const compiled = await compileStep(step, { ...initial, ...slots }, backend);
  const stream = createDataStream({ dataset: data, batchSize, rng: rng.child('order') });
  for (let call = 0; call < steps; call++) {
    const { images, labels } = await stream.next();
    const batch = { images: images as Value, labels: labels as Value };
    const { updates } = await compiled.run({ state, batch, rng, call });
    state = new Map([...state, ...updates]);
  }
  const trained = await Promise.all(
    paths.map(async (path) => [path, await toHost(state.get(path) as Held)] as const),
  );
  await compiled.dispose();
  return Object.fromEntries(trained);
}
