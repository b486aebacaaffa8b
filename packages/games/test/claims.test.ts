import { testClaims } from '@ganymede/testing';
import { quickRows } from './claims/index.js';

testClaims(quickRows, new URL('../fixtures/claims.json', import.meta.url));
