import { testClaims } from './acceptance/claims.js';
import { quickRows } from './acceptance/index.js';

testClaims(quickRows);
