import { type Algorithm, defineGan, flattenTree, type Rng, type State } from '@ganymede/core';
import { adam, chain, clipByGlobalNorm } from '@ganymede/nn';
import { filled, GanymedeError, type Value } from '@ganymede/tensor';
import { sequenceDiscriminator } from '../sequence/sequence-discriminator.js';
import { initSequence } from '../sequence/sequence-variables.js';
import { type TokenField, tokenField } from '../token-field.js';
import { discriminatorStep } from './discriminator-step.js';
import { likelihoodStep } from './likelihood-step.js';
import { policyStep } from './policy-step.js';
import { rollOutStep } from './roll-out-step.js';
import { generate, sampleStep } from './sample-step.js';
import { type SeqganOptions, seqganOptions } from './seqgan-options.js';
import type { SeqganParts } from './seqgan-parts.js';
import {
  rolloutPaths,
  seqganIterations,
  type SeqganPlan,
  seqganSchedule,
  seqganStart,
  type SeqganSteps,
} from './seqgan-schedule.js';

/**
 * SeqGAN (Yu, Zhang, Wang, Yu; AAAI 2017): an LSTM generator of token sequences, pre-trained by maximum likelihood, then trained
 * by REINFORCE; the reward of a token is the mean judgement of a convolutional discriminator on Monte-Carlo completions of the
 * prefix that ends with it. Any dataset whose first field is int32 tokens `[length]` with a vocabulary size.
 *
 * One iteration is one step: likelihood (`nll`, nats per token), discriminator (`discriminatorLoss`, `accuracy`) or policy
 * (`reward`, `policyLoss`). Sampling draws from the generator; the latent of a sequence is `length` numbers uniform on [0, 1).
 *
 * @throws `GANYMEDE_DATA_FIELD`, `GANYMEDE_SEQUENCE_LENGTH`, `GANYMEDE_BATCH_SIZE`
 */
export const seqgan = defineGan({
  id: '@ganymede/discrete/seqgan',
  summary:
    'SeqGAN (Yu 2017): token sequences by policy gradient, LSTM generator, roll-outs, CNN discriminator',
  options: seqganOptions,
  create(options, { data, batchSize }): Algorithm<SeqganSteps> {
    const tokens = tokenField(data);
    checkLength(tokens, options);
    const parts = partsOf(options, tokens, batchSize);
    const plan = planOf(options, parts, data.length);
    return {
      steps: {
        likelihood: likelihoodStep(parts),
        sample: sampleStep(parts),
        rollOut: rollOutStep(parts),
        policy: policyStep(parts),
        discriminator: discriminatorStep(parts),
      },
      sampler: {
        kind: 'tokens',
        program: (state, _inputs, ctx, batch) => ({ tokens: generate(state, ctx, batch, tokens.length) }),
      },
      init: (rng) => initialState(options, parts, plan, rng),
      start: seqganStart,
      schedule: (context) => seqganSchedule(plan, context),
      iterations: seqganIterations(plan),
    };
  },
});

function initialState(
  { initialDeviation }: SeqganOptions,
  parts: SeqganParts,
  plan: SeqganPlan,
  rng: Rng,
): State {
  const { optimizers, batchSize, tokens } = parts;
  const generator = initSequence(parts.generator, rng.child('generator'), initialDeviation);
  const discriminator = parts.discriminator.init(rng.child('discriminator'), [batchSize, tokens.length]);
  const flat = flattenTree<Value>(generator);
  return {
    ...flattenTree<Value>(generator, 'generator'),
    ...Object.fromEntries(rolloutPaths.map((name) => [`rollout/${name}`, flat[name] as Value])),
    ...flattenTree<Value>(discriminator, 'discriminator'),
    // Maximum likelihood and policy gradient each have an Adam of their own, as published.
    ...flattenTree<Value>(optimizers.likelihood.init(generator), 'optimizer/likelihood'),
    ...flattenTree<Value>(optimizers.policy.init(generator), 'optimizer/policy'),
    ...flattenTree<Value>(optimizers.discriminator.init(discriminator), 'optimizer/discriminator'),
    negatives: filled([plan.pairs, tokens.length], 0, 'int32'),
  };
}

function partsOf(options: SeqganOptions, tokens: TokenField, batchSize: number): SeqganParts {
  const { embedding, hidden, pretrain, discriminator, policy, rolloutRate, rollouts } = options;
  const sequences = policy.sequences ?? batchSize;
  return {
    tokens,
    batchSize,
    sequences,
    generator: { vocabulary: tokens.vocabulary, embedding, hidden },
    discriminator: sequenceDiscriminator({ ...discriminator, vocabulary: tokens.vocabulary }),
    l2: discriminator.l2,
    optimizers: {
      likelihood: chain(clipByGlobalNorm(pretrain.clip), adam({ rate: pretrain.rate })),
      policy: chain(clipByGlobalNorm(policy.clip), adam({ rate: policy.rate })),
      discriminator: adam({ rate: discriminator.rate }),
    },
    repeats: repeatsPerCall(rollouts, tokens, sequences),
    rolloutRate,
  };
}

function planOf(
  { pretrain, discriminator, rollouts, adversarialBatches, policy }: SeqganOptions,
  { tokens, batchSize, sequences, repeats }: SeqganParts,
  examples: number,
): SeqganPlan {
  const pairs = Math.min(discriminator.samples, examples);
  const epochSteps = Math.floor((2 * pairs) / batchSize);
  if (examples < batchSize || epochSteps === 0) {
    throw new GanymedeError('GANYMEDE_BATCH_SIZE', {
      message: `a batch of ${batchSize} does not fit ${examples} sequences (discriminator.samples ${discriminator.samples})`,
      hint: 'use a smaller batch or more sequences',
    });
  }
  return {
    field: tokens.name,
    length: tokens.length,
    batchSize,
    sequences,
    likelihoodSteps: pretrain.epochs * Math.floor(examples / batchSize),
    pairs,
    epochSteps,
    roundSteps: discriminator.epochs * epochSteps,
    pretrainRounds: discriminator.pretrainRounds,
    rounds: discriminator.rounds,
    adversarialBatches,
    rollOutCalls: rollouts / repeats,
    shuffled: policy.rewards === 'shuffled',
  };
}

/**
 * How many completions one call makes: the most, of the divisors of `rollouts`, whose logits stay below 32 MiB and whose
 * sequences below 2560. Beyond that their intermediate results leave the caches, and a call costs more than its parts.
 */
function repeatsPerCall(rollouts: number, { length, vocabulary }: TokenField, sequences: number): number {
  const rows = Math.min(2560, (8 * 2 ** 20) / vocabulary);
  let repeats = 1;
  for (let r = 2; r <= rollouts; r++) {
    if (rollouts % r === 0 && r * sequences * (length - 1) <= rows) repeats = r;
  }
  return repeats;
}

function checkLength({ length }: TokenField, { discriminator: { widths } }: SeqganOptions): void {
  const widest = Math.max(...widths);
  if (length >= 2 && widest <= length) return;
  throw new GanymedeError('GANYMEDE_SEQUENCE_LENGTH', {
    message:
      length < 2
        ? `SeqGAN needs sequences of at least 2 tokens, these have ${length}`
        : `discriminator.widths has a window of ${widest} tokens, but the sequences have ${length}`,
    hint: 'give widths up to the length of the sequences, such as --set discriminator.widths=[2,3,4,5] with as many filters',
  });
}
