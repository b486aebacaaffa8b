import type { ClaimRow } from '@ganymede/testing';
import { closedForms } from './closed-forms.table.js';

/** Claims that take seconds. */
export const quickRows: readonly ClaimRow[] = [...closedForms];
