import { definePlugin } from '@ganymede/core';
import { classes } from './classes.js';
import { densityCoverage } from './density-coverage.js';
import { diversity } from './diversity.js';
import { fid } from './fid.js';
import { histogramDivergencesMetric } from './histogram-divergences.js';
import { imagePairs } from './image-pairs.js';
import { inceptionScoreMetric } from './inception-score.js';
import { kid } from './kid.js';
import { mmd } from './mmd.js';
import { modes } from './modes.js';
import { nearestNeighbour } from './nearest-neighbour.js';
import { nllOracle } from './nll-oracle.js';
import { pathLength } from './path-length.js';
import { precisionRecall } from './precision-recall.js';
import { pyramidWasserstein } from './pyramid-wasserstein.js';
import { slicedWassersteinMetric } from './sliced-wasserstein.js';
import { wassersteinMetric } from './wasserstein.js';

/** Metrics of generated images, points and sequences. */
export const metrics = definePlugin({
  name: '@ganymede/metrics',
  apiVersion: 1,
  modules: [
    fid,
    kid,
    inceptionScoreMetric,
    classes,
    precisionRecall,
    densityCoverage,
    nearestNeighbour,
    mmd,
    slicedWassersteinMetric,
    wassersteinMetric,
    histogramDivergencesMetric,
    pyramidWasserstein,
    diversity,
    imagePairs,
    pathLength,
    modes,
    nllOracle,
  ],
});
