import { testLayers } from '../layer-row.js';
import { resampling } from './resampling.table.js';

testLayers('resampling', resampling);
