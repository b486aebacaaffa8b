import * as core from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-wasm';
import { notInstalled, tfjsNodeFolder } from '../../test/installed-tfjs-node.js';
import { testOperatorRows } from '../../test/operator-rows.js';
import { loadTfjsNode } from '../load-tfjs-node.js';

const loses = 'takes the other operand where one is NaN';

testOperatorRows({
  backendName: 'wasm',
  load: () => core,
  differs: {
    'maximum of NaN, infinities, large and tiny numbers': loses,
    'minimum of NaN, infinities, large and tiny numbers': loses,
  },
});

testOperatorRows({
  backendName: 'tensorflow',
  load: () => loadTfjsNode({ packages: ['@tensorflow/tfjs-node'], from: tfjsNodeFolder }).tf,
  skip: tfjsNodeFolder === undefined ? notInstalled : undefined,
});
