export * from './evaluator/index.js';
