import { killSuite } from './kill-suite.js';

killSuite(10);
