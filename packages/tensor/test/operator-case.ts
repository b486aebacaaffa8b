/**
 * What the operator tables are written with: the suite that `@ganymede/testing` exports for operators of anybody. It is read by
 * its path, as that package depends on this one, and a dependency in the other direction would make builds go in circles.
 */
export * from '../../testing/src/operator/case-graph.js';
export * from '../../testing/src/operator/elements.js';
export * from '../../testing/src/operator/elementwise-rows.js';
export * from '../../testing/src/operator/operator-case.js';
export * from '../../testing/src/operator/sample.js';
