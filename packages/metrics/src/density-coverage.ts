import { defineMetric } from '@ganymede/core';
import { manifoldMetric, manifoldMetricOptions } from './neighbours/manifold-metric.js';

/**
 * Density and coverage (Naeem et al. 2020): how many balls of real samples a generated one lies in, over k (1 for equal distributions, above
 * 1 where samples crowd), and the share of real samples with a generated one in their ball. Sturdier against outliers than
 * precision and recall. See `manifoldScores`.
 *
 * Throws `GANYMEDE_TOO_FEW_SAMPLES` and what `featurePair` throws.
 */
export const densityCoverage = defineMetric({
  id: '@ganymede/metrics/density-coverage',
  summary: 'how densely samples lie where data is, and what share of the data they cover',
  options: manifoldMetricOptions(5),
  create: (options) => manifoldMetric('density-coverage', ['density', 'coverage'], options),
});
