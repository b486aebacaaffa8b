export { createOracleJudge, type NllEstimate, type OracleJudge } from './oracle/oracle-judge.js';
export { sampleOracle } from './oracle/oracle-sampler.js';
export { drawOracleSequences } from './oracle/draw-oracle-sequences.js';
export { oracleSequences, tokenDataset } from './oracle/oracle-sequences.js';
export { discrete } from './plugin.js';
export { discriminatorStep } from './seqgan/discriminator-step.js';
export { likelihoodStep } from './seqgan/likelihood-step.js';
export { policyStep } from './seqgan/policy-step.js';
export { rollOutStep, rolloutVariables } from './seqgan/roll-out-step.js';
export { sampleStep } from './seqgan/sample-step.js';
export { seqgan } from './seqgan/seqgan.js';
export { type SeqganOptions, seqganOptions } from './seqgan/seqgan-options.js';
export type { SeqganParts } from './seqgan/seqgan-parts.js';
export type { SeqganSteps } from './seqgan/seqgan-schedule.js';
export { drawTokens } from './sequence/draw-tokens.js';
export { tokenLogLikelihood, weightedLogLikelihood } from './sequence/log-likelihood.js';
export { actionValues, rollOut, rollOutDraws } from './sequence/roll-out.js';
export { sampleSequences } from './sequence/sample-sequences.js';
export {
  realProbability,
  type SequenceDiscriminatorSizes,
  sequenceDiscriminator,
} from './sequence/sequence-discriminator.js';
export {
  initSequence,
  sequencePaths,
  type SequenceSizes,
  type SequenceVariables,
  sequenceVariables,
} from './sequence/sequence-variables.js';
export { type TokenField, tokenField } from './token-field.js';
export { tokenWindow } from './sequence/token-window.js';
