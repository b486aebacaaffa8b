export {
  type DifferentiableGame,
  differentiableGame,
  planeGame,
  type PlaneLosses,
  zeroSumPlane,
} from './gradient-play/differentiable-game.js';
export { type GameField, gameField } from './gradient-play/game-jacobian.js';
export { coordinatesOf, type GamePoint } from './gradient-play/game-point.js';
export { bilinearGame, dampedGame, diracGan, ringGame } from './gradient-play/named-plane-games.js';
export { type GradientPlay, type GradientPlayOptions, playGradient } from './gradient-play/play-gradient.js';
export { type Recurrence, recurrence, type RecurrenceOptions } from './gradient-play/recurrence.js';
export {
  type Complex,
  spectrum,
  type Stability,
  stability,
  type StabilityOptions,
} from './gradient-play/stability.js';
export {
  bestResponseDynamics,
  type BestResponseOptions,
  type BestResponsePath,
} from './normal-form/best-response-dynamics.js';
export { bimatrix, type BimatrixNames, type PayoffMatrix, zeroSum } from './normal-form/bimatrix.js';
export {
  checkMixedProfile,
  expectedPayoffs,
  pureProfile,
  regrets,
  replyPayoffs,
  residual,
} from './normal-form/expected-payoffs.js';
export {
  type FictitiousPlay,
  fictitiousPlay,
  type FictitiousPlayOptions,
} from './normal-form/fictitious-play.js';
export { type GridMinimax, gridMinimax, gridPoints } from './normal-form/grid-minimax.js';
export {
  battleOfTheSexes,
  matchingPennies,
  pigs,
  prisonersDilemma,
  rockPaperScissors,
  stagHunt,
} from './normal-form/named-games.js';
export {
  type MixedProfile,
  type NormalFormGame,
  normalForm,
  type NormalFormOptions,
  payoffsAt,
  type Profile,
  profileIndex,
  profilesOf,
  strategyCounts,
} from './normal-form/normal-form-game.js';
export { bestReplies, pureEquilibria } from './normal-form/pure-equilibria.js';
export {
  mixedEquilibria,
  payoffMatrices,
  type SupportEnumerationOptions,
} from './normal-form/support-enumeration.js';
export { type ZeroSumEquilibrium, zeroSumEquilibrium } from './normal-form/zero-sum-equilibrium.js';
export { games } from './plugin.js';
export {
  type BestResponseGains,
  bestResponseGains,
  type BestResponseGainsOptions,
} from './probes/best-response-gains.js';
export { dualityGap, dualityGapOptions } from './probes/duality-gap.js';
export {
  type MonteCarloError,
  monteCarloError,
  type MonteCarloErrorOptions,
  slopeOf,
} from './probes/monte-carlo-error.js';
export {
  type CodeQuality,
  codeQuality,
  informationPerSource,
  isFactorial,
  mutualInformation,
} from './predictability/code-quality.js';
export { logisticCode, unitPredictors } from './predictability/predictability-networks.js';
export {
  type PredictabilityParts,
  predictabilityStep,
  unpredictability,
} from './predictability/predictability-step.js';
export {
  type Predictability,
  type PredictabilityOptions,
  trainPredictability,
} from './predictability/train-predictability.js';
