import { testLayers } from '../layer-row.js';
import { recurrences } from './recurrences.table.js';

testLayers('recurrences', recurrences);
