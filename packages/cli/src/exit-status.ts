import { GanymedeError } from '@ganymede/core';

/** Codes that mean the command line or configuration was wrong, not the work itself. */
const usageCodes: ReadonlySet<string> = new Set([
  'GANYMEDE_USAGE',
  'GANYMEDE_OPTION',
  'GANYMEDE_CONFIG',
  'GANYMEDE_DATA_SPEC',
  'GANYMEDE_BATCH_TOO_LARGE',
  'GANYMEDE_DUPLICATE_ID',
  'GANYMEDE_API_VERSION',
  'GANYMEDE_MISSING_REQUIREMENT',
]);

/** 2 where the command was used wrongly, 1 for everything that failed while working. */
export function exitStatusOf(error: unknown): 1 | 2 {
  if (!GanymedeError.is(error)) return 1;
  return usageCodes.has(error.code) || error.code.startsWith('GANYMEDE_UNKNOWN_') ? 2 : 1;
}
