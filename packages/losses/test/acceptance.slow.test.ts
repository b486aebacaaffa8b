import { testClaims } from './acceptance/claims.js';
import { slowRows } from './acceptance/index.js';

testClaims(slowRows);
