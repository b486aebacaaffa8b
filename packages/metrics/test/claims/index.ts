import type { ClaimRow } from '@ganymede/testing';
import { closedForms } from './closed-forms.table.js';
import { divergenceRows } from './divergences.table.js';
import { large } from './large.table.js';

/** Claims that take seconds. */
export const quickRows: readonly ClaimRow[] = [...closedForms, ...divergenceRows];

/** Claims that take longer. */
export const slowRows: readonly ClaimRow[] = [...large];
