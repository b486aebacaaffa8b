import { GanymedeError } from '@ganymede/tensor';
import type { Dataset } from './dataset.js';
import type { ResumeOptions } from './ganymede.js';
import { recordedDataset } from './recorded-dataset.js';
import type { Registry } from './registry.js';
import { isJson, type RunConfig } from './run-folder.js';

/** The data to go on with: as given, or made again and found to be the same. */
export async function datasetOf(registry: Registry, config: RunConfig, o: ResumeOptions): Promise<Dataset> {
  if (o.data !== undefined) return o.data;
  const { source, summary, hash } = config.dataset;
  if (source === undefined) {
    throw new GanymedeError('GANYMEDE_RESUME_DATA', {
      message: `the run's dataset (${summary}) was not made by a registered module and cannot be made again`,
      hint: 'pass the same dataset: resume(folder, { data })',
    });
  }
  const dataset = (await registry.find(source.id, 'dataset')['~make'](source.options, undefined)) as Dataset;
  const now = await dataset.hash();
  if (now === hash) return dataset;
  throw new GanymedeError('GANYMEDE_DATA_CHANGED', {
    message: `the data of the run (${summary}) has changed since it was started (${dataset.summary})`,
    hint: 'put the original data back; or pass `data` to go on with other data, knowing that the run is then another one',
    data: { expected: hash, received: now },
  });
}

/** What the config says of the data; where the same data is now made from elsewhere, that. */
export async function describeDataset(config: RunConfig, dataset: Dataset): Promise<RunConfig['dataset']> {
  const known = config.dataset;
  const { source } = dataset;
  const moved =
    source !== undefined && isJson(source) && JSON.stringify(source) !== JSON.stringify(known.source);
  return moved && (await dataset.hash()) === known.hash ? { ...known, source } : known;
}

/** The data to read a run with: as it was, or, where it cannot be made again, as the config describes it. */
export async function datasetToRead(
  registry: Registry,
  config: RunConfig,
  o: ResumeOptions,
): Promise<Dataset> {
  try {
    return await datasetOf(registry, config, o);
  } catch (error) {
    const recorded =
      o.data === undefined && GanymedeError.is(error) ? recordedDataset(config, error) : undefined;
    if (recorded === undefined) throw error;
    return recorded;
  }
}
