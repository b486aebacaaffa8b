import { testLayers } from '../layer-row.js';
import { normalizations } from './normalizations.table.js';

testLayers('normalizations', normalizations);
