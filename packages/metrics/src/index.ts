export { classScores, type ClassScores, histogramEntropy } from './class-scores.js';
export { classes, classifierScores } from './classes.js';
export { type Classifier, type ClassifierOptions, trainClassifier } from './classifier/train-classifier.js';
export { openProducts, type Precision, type ProductOptions, type Products } from './compute/products.js';
export type { Rows } from './compute/rows.js';
export { symmetricEigenvalues } from './compute/symmetric-eigenvalues.js';
export { densityCoverage } from './density-coverage.js';
export {
  type Density,
  gaussianDensity,
  mixtureDensity,
  uniformDensity,
} from './divergences/density.js';
export { densityDivergences, type QuadratureOptions } from './divergences/density-divergences.js';
export type { Divergences } from './divergences/divergences.js';
export { assignmentWasserstein, wasserstein1d } from './divergences/empirical-wasserstein.js';
export { type Gaussian1d, gaussianDivergences } from './divergences/gaussian-divergences.js';
export {
  type HistogramDivergences,
  histogramDivergences,
  type HistogramOptions,
} from './divergences/histogram-divergences.js';
export { type Assignment, leastAssignment } from './divergences/least-assignment.js';
export { nearestNeighbourKl, type NearestNeighbourKlOptions } from './divergences/nearest-neighbour-kl.js';
export { parallelLines } from './divergences/parallel-lines.js';
export { diversity } from './diversity.js';
export type { FeatureNetwork } from './feature-network.js';
export { onnxFeatures } from './features/onnx-features.js';
export type { OnnxFeaturesOptions } from './features/onnx-features-schema.js';
export { type ClassProbabilities, openFeatures, type OpenFeatures } from './features/open-features.js';
export { rawFeatures } from './features/raw-features.js';
export { type ResizeFilter, resizeMatrix } from './features/resize-matrix.js';
export { fid } from './fid.js';
export { frechetDistance, type Gaussian, gaussianOf } from './frechet-distance.js';
export {
  featureMoments,
  type FeatureMomentsOptions,
  frechetOfSamples,
  groupMoments,
} from './frechet-of-samples.js';
export { histogramDivergencesMetric } from './histogram-divergences.js';
export { imagePairs } from './image-pairs.js';
export { type ComparisonOptions, msSsim, psnr, ssim } from './images/compare-images.js';
export { laplacianPyramid, type PyramidLevel, pyramidLevels } from './images/laplacian-pyramid.js';
export { randomPatches, standardizeChannels } from './images/patches.js';
export type { SimilarityWindow } from './images/similarity-window.js';
export {
  multiScaleSimilarity,
  type MultiScaleSimilarityOptions,
  scaleWeights,
  smallestSide,
  structuralSimilarity,
  type StructuralSimilarityOptions,
} from './images/structural-similarity.js';
export { inceptionScoreMetric } from './inception-score.js';
export { inceptionScore, type InceptionScoreOptions, type InceptionScores } from './inception-scores.js';
export {
  kernelInceptionDistance,
  type KernelInceptionDistance,
  type KernelInceptionDistanceOptions,
} from './kernels/kernel-inception-distance.js';
export type { Discrepancy } from './kernels/maximum-mean-discrepancy.js';
export { polynomialDiscrepancy, type PolynomialKernel } from './kernels/polynomial-discrepancy.js';
export {
  rbfDiscrepancy,
  type RbfDiscrepancy,
  type RbfDiscrepancyOptions,
} from './kernels/rbf-discrepancy.js';
export { kid } from './kid.js';
export { mmd } from './mmd.js';
export { type Mixture, modeScores, type ModeScores } from './mode-scores.js';
export { modes } from './modes.js';
export {
  addRows,
  covarianceOf,
  createMoments,
  emptyMoments,
  mergeMoments,
  type Moments,
  type MomentsStream,
} from './moments.js';
export { nearestNeighbour } from './nearest-neighbour.js';
export { type ManifoldOptions, type ManifoldScores, manifoldScores } from './neighbours/manifold-scores.js';
export {
  type NearestNeighbourOptions,
  type NearestNeighbours,
  nearestNeighbours,
} from './neighbours/nearest-neighbour-accuracy.js';
export { compileOracle, nllOracle, type OracleParameters, readOracle, sequenceNll } from './nll-oracle.js';
export { pathLength } from './path-length.js';
export { type Interpolation, pathRng } from './path/path-rng.js';
export {
  type PathLength,
  type PathLengthOptions,
  perceptualPathLength,
} from './path/perceptual-path-length.js';
export { metrics } from './plugin.js';
export { precisionRecall } from './precision-recall.js';
export type { Progress } from './progress.js';
export { pyramidWasserstein } from './pyramid-wasserstein.js';
export { slicedWassersteinMetric } from './sliced-wasserstein.js';
export {
  bootstrap,
  bootstrapAround,
  bootstrapMean,
  type BootstrapOptions,
  type Interval,
  type ResampledStatistic,
} from './statistics/bootstrap.js';
export {
  collectFeatures,
  type CollectOptions,
  createReservoir,
  type Reservoir,
} from './statistics/reservoir.js';
export {
  slicedWasserstein,
  type SlicedWasserstein,
  type SlicedWassersteinOptions,
} from './wasserstein/sliced-wasserstein.js';
export { sortedWasserstein } from './wasserstein/sorted-wasserstein.js';
export { wassersteinMetric } from './wasserstein.js';
