import { testLayers } from '../layer-row.js';
import { attentions } from './attentions.table.js';

testLayers('attentions', attentions);
