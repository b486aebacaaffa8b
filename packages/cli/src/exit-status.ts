import { GanymedeError } from '@ganymede/core';

/** Codes that mean the command line or configuration was wrong, not the work itself. */
const usageCodes: ReadonlySet<string> = new Set([
  'GANYMEDE_USAGE',
  'GANYMEDE_OPTION',
  'GANYMEDE_CONFIG',
  'GANYMEDE_STEPS',
  'GANYMEDE_SEED',
  'GANYMEDE_DATA_SPEC',
  'GANYMEDE_BATCH_SIZE',
  'GANYMEDE_BATCH_TOO_LARGE',
  'GANYMEDE_RUN_EXISTS',
  'GANYMEDE_PLUGIN_INVALID',
  'GANYMEDE_DUPLICATE_ID',
  'GANYMEDE_AMBIGUOUS_ID',
  'GANYMEDE_API_VERSION',
  'GANYMEDE_MISSING_REQUIREMENT',
  'GANYMEDE_UNKNOWN_ALGORITHM',
  'GANYMEDE_UNKNOWN_BACKEND',
  'GANYMEDE_UNKNOWN_CHECKPOINT',
  'GANYMEDE_UNKNOWN_DATASET',
  'GANYMEDE_UNKNOWN_METRIC',
  'GANYMEDE_UNKNOWN_MODULE',
  'GANYMEDE_UNKNOWN_PLUGIN',
]);

/** 2 where the command was used wrongly, 1 for everything that failed while working. */
export function exitStatusOf(error: unknown): 1 | 2 {
  return GanymedeError.is(error) && usageCodes.has(error.code) ? 2 : 1;
}
