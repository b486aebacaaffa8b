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
