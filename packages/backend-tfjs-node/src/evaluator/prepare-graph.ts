import { type Graph, optimize } from '@ganymede/tensor';
import { layOut } from './layout/lay-out.js';
import { lowerOperators } from './lower/lower-operators.js';

/** A graph in the operators and the order of axes that TensorFlow.js's kernels want. */
export const prepareGraph = (source: Graph): Graph => layOut(optimize(lowerOperators(source)));
