import type { ClaimRow } from '@ganymede/testing';
import { toyRows } from './toy.table.js';
import { unrolledRows } from './unrolled.table.js';

/** Claims that are measured in seconds. */
export const quickRows: readonly ClaimRow[] = [];

/** Claims that are measured by training, in minutes. */
export const slowRows: readonly ClaimRow[] = [...toyRows, ...unrolledRows];
