import type { ClaimRow } from '@ganymede/testing';
import { bregmanRows, trainedBregmanRows } from './bregman.table.js';
import { conditionalRows } from './conditional.table.js';
import { criticRows } from './critics.table.js';
import { discriminatorRows } from './discriminators.table.js';
import { divergenceRows } from './divergences.table.js';
import { estimatorRows } from './estimators.table.js';
import { gameRows } from './games.table.js';
import { lipschitzRows } from './lipschitz.table.js';
import { lipschitzGanRows } from './lipschitz-gan.table.js';
import { minibatchRows } from './minibatch.table.js';
import { modeRows } from './modes.table.js';
import { semiSupervisedRows } from './semi-supervised.table.js';
import { slopeRows } from './slopes.table.js';
import { spectralNormRows } from './spectral-norm.table.js';

/** Claims that are measured in seconds. */
export const quickRows: readonly ClaimRow[] = [
  ...gameRows,
  ...divergenceRows,
  ...lipschitzRows,
  ...spectralNormRows,
  ...minibatchRows,
  ...bregmanRows,
  ...estimatorRows,
];

/** Claims that are measured by training, in minutes. */
export const slowRows: readonly ClaimRow[] = [
  ...discriminatorRows,
  ...slopeRows,
  ...lipschitzGanRows,
  ...trainedBregmanRows,
  ...criticRows,
  ...modeRows,
  ...conditionalRows,
  ...semiSupervisedRows,
];
