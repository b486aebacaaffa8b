import type { ClaimRow } from '@ganymede/testing';
import { dynamicsRows } from './dynamics.table.js';

/** Claims that are measured in seconds. */
export const quickRows: readonly ClaimRow[] = [...dynamicsRows];

/** Claims that are measured by training, in minutes. */
export const slowRows: readonly ClaimRow[] = [];
