import { testLayers } from '../layer-row.js';
import { convolutions } from './convolutions.table.js';

testLayers('convolutions', convolutions);
