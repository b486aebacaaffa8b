import { testNetwork } from '@ganymede/testing';
import { flatten, reshape } from './reshape.js';

testNetwork({ name: 'reshape', create: () => reshape([3, 2, 2]), input: [12], output: [3, 2, 2] });
testNetwork({ name: 'flatten', create: () => flatten(), input: [3, 2, 2], output: [12] });
