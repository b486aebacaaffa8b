import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import { testOperatorRows } from '../../test/operator-rows.js';

testOperatorRows({
  backendName: 'cpu',
  load: () => tf,
  differs: {
    'pow of NaN, infinities, large and tiny numbers': 'has JavaScript: 1 to the power of infinity is NaN',
  },
});
