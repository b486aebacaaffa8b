import { defineMetric } from '@ganymede/core';
import { manifoldMetric, manifoldMetricOptions } from './neighbours/manifold-metric.js';

/**
 * Improved precision and recall (Kynkäänniemi et al. 2019): the share of generated samples near real ones (do they look real?), and of real
 * samples near generated ones (is all of the data made?). 0 to 1, higher is better; depends on `k` and the counts. See
 * `manifoldScores`.
 *
 * Throws `GANYMEDE_TOO_FEW_SAMPLES` and what `featurePair` throws.
 */
export const precisionRecall = defineMetric({
  id: '@ganymede/metrics/precision-recall',
  summary: 'do samples look real (precision), is all of the data made (recall)',
  options: manifoldMetricOptions(3),
  create: (options) => manifoldMetric('precision-recall', ['precision', 'recall'], options),
});
