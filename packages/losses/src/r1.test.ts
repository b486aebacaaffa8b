import { testRegularizer } from '@ganymede/testing';
import { r1 } from './r1.js';

testRegularizer({ name: 'r1', create: () => r1(), linear: (slope) => 5 * slope ** 2 });
testRegularizer({ name: 'r1, gamma 1', create: () => r1({ gamma: 1 }), linear: (slope) => slope ** 2 / 2 });
