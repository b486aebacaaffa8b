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
export { dgm, type DgmOptions } from './mean-field/dgm.js';
export { divergence, type FieldDivergence } from './mean-field/divergence.js';
export { firstOrderErgodicGame, secondOrderErgodicGame } from './mean-field/ergodic-games.js';
export type { ExplicitSolution, MeanFieldGame } from './mean-field/mean-field-game.js';
export { type MeanFieldGan, meanFieldGan, type MeanFieldGanOptions } from './mean-field/mean-field-gan.js';
export { periodicFeatures } from './mean-field/periodic-features.js';
export {
  fokkerPlanckRatio,
  hjbResidual,
  type ResidualInput,
  type ScalarField,
} from './mean-field/residuals.js';
export {
  type MeanFieldSolution,
  meanFieldSolution,
  type SolutionErrors,
  solutionErrors,
} from './mean-field/solution.js';
export {
  type MeanFieldReport,
  type SolvedMeanFieldGame,
  solveMeanFieldGame,
  type SolveMeanFieldOptions,
} from './mean-field/solve-mean-field-game.js';
export { quadraturePoints, spreadPoints } from './mean-field/torus-points.js';
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
export { type DriftOptions, gameDrift, jvp } from './sde/drift.js';
export {
  type FluctuationDissipation,
  fluctuationDissipation,
  type FluctuationDissipationOptions,
} from './sde/fluctuation-dissipation.js';
export { diffusionDraw, gradientCovariance } from './sde/gradient-covariance.js';
export { linearQuadraticGame, type LinearQuadraticOptions } from './sde/linear-quadratic-game.js';
export {
  integrateMoments,
  type MomentOptions,
  sdeMoments,
  type SdeMomentOptions,
  trainingMoments,
} from './sde/moment-equations.js';
export { meanGradient, type PlayerParameters, perSampleGradients } from './sde/per-sample-gradients.js';
export { type AffineGradients, affineGradients, certain } from './sde/quadratic-moments.js';
export type { SampledGame, SampledPlayer } from './sde/sampled-game.js';
export { type SdeOptions, simulateSde } from './sde/simulate-sde.js';
export { simulateTraining } from './sde/simulate-training.js';
export { pathMeans, type PathsAt, type SimulationOptions } from './sde/simulation.js';
export { type StationaryMoments, stationaryMoments } from './sde/stationary-moments.js';
export { weakErrors, type WeakErrorOptions, type WeakErrors } from './sde/weak-errors.js';
export { type Costs, cTransform, euclideanCosts, kantorovichDual } from './transport/kantorovich-dual.js';
export { ganValue, paretoValue } from './transport/pareto-value.js';
