import { GanymedeError } from '@ganymede/tensor';
import type { Dataset } from './dataset.js';
import type { RunConfig } from './run-folder.js';

/**
 * A run's dataset as its `config.json` describes it, for a run whose data cannot be made again (moved, changed, or made by
 * hand): enough to sample and to export. Reading it throws `GANYMEDE_RESUME_DATA` with the reason. Undefined where the
 * config does not tell the fields.
 */
export function recordedDataset({ dataset }: RunConfig, reason: GanymedeError): Dataset | undefined {
  const { summary, length, hash, fields, source } = dataset;
  if (fields === undefined) return undefined;
  return {
    summary,
    length,
    fields,
    ...(source === undefined ? {} : { source }),
    hash: async () => hash,
    read: async () => {
      throw new GanymedeError('GANYMEDE_RESUME_DATA', {
        message: `the run's data (${summary}) cannot be read: ${reason.code}: ${reason.message.split('\n')[0]}`,
        hint: 'put the data back where it was, or pass it: open(folder, { data }) (`--data`)',
        cause: reason,
      });
    },
  };
}
