import { testLayers } from '../layer-row.js';
import { weights } from './weights.table.js';

testLayers('weights', weights);
