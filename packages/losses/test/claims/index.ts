import type { ClaimRow } from '@ganymede/testing';
import { bregmanRows, trainedBregmanRows } from './bregman.table.js';
import { divergenceRows } from './divergences.table.js';
import { estimatorRows } from './estimators.table.js';
import { gameRows } from './games.table.js';
import { lipschitzRows } from './lipschitz.table.js';
import { trainedRows } from './trained.table.js';

/** Claims that are measured in seconds. */
export const quickRows: readonly ClaimRow[] = [
  ...gameRows,
  ...divergenceRows,
  ...lipschitzRows,
  ...bregmanRows,
  ...estimatorRows,
];

/** Claims that are measured by training, in minutes. */
export const slowRows: readonly ClaimRow[] = [...trainedRows, ...trainedBregmanRows];
