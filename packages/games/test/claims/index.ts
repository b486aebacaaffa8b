import type { ClaimRow } from '@ganymede/testing';
import { gradientPlayRows } from './gradient-play.table.js';
import { meanFieldRows } from './mean-field.table.js';
import { monteCarloRows } from './monte-carlo.table.js';
import { normalFormRows } from './normal-form.table.js';
import { optimalTransportRows, trainedTransportRows } from './optimal-transport.table.js';
import { predictabilityRows } from './predictability.table.js';
import { sdeRows, simulatedSdeRows } from './sde.table.js';

/** Claims that are measured in seconds. */
export const quickRows: readonly ClaimRow[] = [
  ...normalFormRows,
  ...gradientPlayRows,
  ...monteCarloRows,
  ...optimalTransportRows,
  ...sdeRows,
];

/** Claims that are measured by training, in minutes. */
export const slowRows: readonly ClaimRow[] = [
  ...predictabilityRows,
  ...trainedTransportRows,
  ...simulatedSdeRows,
  ...meanFieldRows,
];
