import { bregmanRows } from './bregman.table.js';
import { divergenceRows } from './divergences.table.js';
import { gameRows } from './games.table.js';
import type { AcceptanceRow } from './row.js';

/** Claims that are measured in seconds. */
export const acceptanceRows: readonly AcceptanceRow[] = [...gameRows, ...divergenceRows, ...bregmanRows];
