import { testLayers } from '../layer-row.js';
import { blocks } from './blocks.table.js';

testLayers('blocks', blocks);
