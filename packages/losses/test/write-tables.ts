import fs from 'node:fs';
import { withTables } from './tables.js';

/**
 * Writes the generated tables of docs/packages/losses.md anew.
 *
 * node --conditions=@ganymede/source --import tsx packages/losses/test/write-tables.ts
 */
const page = new URL('../../../docs/packages/losses.md', import.meta.url);
fs.writeFileSync(page, withTables(fs.readFileSync(page, 'utf8')));
