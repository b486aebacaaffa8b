import { type Dataset, GanymedeError, jsonSchemaOf, type Metric, type Run } from '@ganymede/core';
import { parseAssignments } from '../config/assignments.js';
import { mergeOptions } from '../config/merge-options.js';
import type { Session } from './session.js';

/** Flags that choose metrics and their options. */
export interface MetricFlags {
  readonly metric?: readonly string[];
  readonly count?: number;
  /** An ONNX file whose features are compared. */
  readonly features?: string;
  readonly set?: readonly string[];
}

type Options = Readonly<Record<string, unknown>>;
/** Ids of metrics, with the options that the data tells. */
type Fitting = Readonly<Record<string, Options>>;

/** A metric that was asked for. */
export interface ChosenMetric {
  readonly id: string;
  readonly metric: Metric;
}

/**
 * The metrics named by `--metric` (repeated, or with commas between), else those that fit, with the options of the flags: `--count` for all
 * of them, `--features` and `--set features.…` for those that compare features, `--set <metric>.<option>=…` for one.
 *
 * @throws `GANYMEDE_USAGE` where none fits, or an option is of a metric that is not measured
 */
export function chooseMetrics(
  session: Session,
  fitting: Fitting,
  { metric, count, features, set = [] }: MetricFlags,
  what: string,
): readonly ChosenMetric[] {
  const ids =
    metric?.flatMap((names) => names.split(',').filter((name) => name !== '')) ?? Object.keys(fitting);
  if (ids.length === 0) {
    throw new GanymedeError('GANYMEDE_USAGE', {
      message: `no metric fits by itself ${what}`,
      hint: `name one with --metric, its options with --set; known: ${session.ids('metric').join(', ')}`,
    });
  }
  const { features: shared, ...given } = parseAssignments(set).algorithm as Readonly<Record<string, Options>>;
  refuseUnused(given, ids);
  const network =
    features === undefined
      ? shared
      : mergeOptions({ onnx: features }, typeof shared === 'object' ? shared : {});
  return ids.map((id) => {
    const takes =
      jsonSchemaOf(session.module(session.resolve('metric', id) as 'fid').options)?.properties ?? {};
    const common = {
      ...(count === undefined ? {} : { count }),
      ...(network !== undefined && Object.hasOwn(takes, 'features') ? { features: network } : {}),
    };
    return { id, metric: session.make('metric', id, mergeOptions({ ...fitting[id], ...common }, given[id])) };
  });
}

function refuseUnused(given: Readonly<Record<string, Options>>, ids: readonly string[]): void {
  const unused = Object.entries(given).find(
    ([id, options]) => !ids.includes(id) || typeof options !== 'object',
  );
  if (unused === undefined) return;
  throw new GanymedeError('GANYMEDE_USAGE', {
    message: `--set "${unused[0]}": expected an option of a metric that is measured (${ids.join(', ')})`,
    hint: `for example --set ${ids[0]}.count=1000; \`ganymede list ${ids[0]}\` shows its options`,
  });
}

/** Metrics of images against images: by features where there are any, else by patches, which need none. */
const forImages = (dataset: Dataset, features: string | undefined): Fitting => {
  if (features !== undefined) return { fid: {}, kid: {}, 'precision-recall': {} };
  return dataset.fields.labels !== undefined ? { fid: {}, classes: {} } : { 'pyramid-wasserstein': {} };
};

/** Worlds that are no mixtures have no centres. */
const countsModes = (dataset: Dataset): boolean =>
  'centres' in dataset && Array.isArray(dataset.centres) && dataset.centres.length > 0;

/** Metrics of a run that need nothing said, with the options that the data tells. */
export function metricsOfRun({ algorithm, dataset }: Run, features?: string): Fitting {
  const { kind } = algorithm.sampler;
  if (kind === 'points') return countsModes(dataset) ? { modes: {} } : { wasserstein: {} };
  if (kind === 'images') return forImages(dataset, features);
  if (kind === 'tokens' && dataset.source?.id === '@ganymede/discrete/oracle') {
    const { parameters, vocabulary } = dataset.source.options as Options;
    return { 'nll-oracle': { parameters, ...(vocabulary === undefined ? {} : { vocabulary }) } };
  }
  return {};
}

/** Metrics of one dataset against another. */
export function metricsOfData(dataset: Dataset, features?: string): Fitting {
  const [field] = Object.values(dataset.fields);
  if (field?.shape.length === 3) return forImages(dataset, features);
  return field?.dtype === 'float32'
    ? { 'precision-recall': {}, 'nearest-neighbour': {}, mmd: {}, 'sliced-wasserstein': {} }
    : {};
}
