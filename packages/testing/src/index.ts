export { type DatasetCheck, type DatasetRow, testDataset } from './test-dataset.js';
