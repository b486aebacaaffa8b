import { testNetwork } from '@ganymede/testing';
import { attention } from './attention.js';
import { brush } from './brush.js';
import { dilatedDepthwise } from './dilated-depthwise.js';
import { enlarge } from './enlarge.js';
import { groupNormalization } from './group-normalization.js';
import { strongest } from './strongest.js';
import { winners } from './winners.js';

const same = { input: [4, 5, 6], output: [4, 5, 6] } as const;

testNetwork({ name: 'dilatedDepthwise', create: () => dilatedDepthwise(2), ...same });
testNetwork({ name: 'groupNormalization', create: () => groupNormalization(2), ...same });
testNetwork({ name: 'winners', create: () => winners(2), ...same });
testNetwork({ name: 'attention', create: () => attention(2, 3), input: [4, 3, 2], output: [4, 3, 2] });
testNetwork({ name: 'enlarge', create: () => enlarge(), input: [2, 3, 4], output: [2, 6, 8] });
testNetwork({ name: 'brush', create: () => brush(), ...same });
testNetwork({ name: 'strongest', create: () => strongest(3), input: [4, 5, 6], output: [4] });
