import { testClaims } from '@ganymede/testing';
import { slowRows } from './claims/index.js';

testClaims(slowRows, new URL('../fixtures/claims.json', import.meta.url));
