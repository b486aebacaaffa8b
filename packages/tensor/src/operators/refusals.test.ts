import { describe, expect, it } from 'vitest';
import * as t from '../index.js';

const x = t.input('x', [2, 3]);
const n = t.input('n', ['N', 3, 'H', 'H']);
const i = t.input('i', [2], 'int64');
const flag = t.input('flag', [2, 3], 'bool');
const image = t.input('image', [2, 4, 8, 8]);
const w = t.input('w', [6, 4, 3, 3]);

/** What each operator refuses: the call, the code, and what the message must contain. */
const refusals: readonly [string, () => t.Tensor, string, string][] = [
  ['input with a fraction', () => t.input('z', [1.5]), 'SHAPE', '1.5 is no dimension'],
  ['input with a negative size', () => t.input('z', [-1]), 'SHAPE', '-1'],
  ['add of shapes', () => t.add(x, t.zeros([2])), 'SHAPE', 'shapes [2, 3] and [2]'],
  ['add of dtypes', () => t.add(x, t.zeros([3], 'float64')), 'DTYPE', 'float32[2, 3] and float64[3]'],
  ['add of booleans', () => t.add(flag, flag), 'DTYPE', 'expected numbers'],
  ['add of a fraction to integers', () => t.add(i, 0.5), 'DTYPE', '0.5 cannot be an int64'],
  ['exp of integers', () => t.exp(i), 'DTYPE', 'expected float32 or float64'],
  ['neg of booleans', () => t.neg(flag), 'DTYPE', 'Neg'],
  ['not of numbers', () => t.not(x), 'DTYPE', 'expected bool'],
  ['and of numbers', () => t.and(x, x), 'DTYPE', 'expected bool'],
  ['where without a condition', () => t.where(x, x, x), 'DTYPE', 'expected bool'],
  ['where of two dtypes', () => t.where(flag, x, t.zeros([2, 3], 'float64')), 'DTYPE', 'Where'],
  ['clip of integers by a fraction', () => t.clip(i, 0.5, 2), 'DTYPE', '0.5'],
  ['sum over an axis that is not there', () => t.sum(x, 2), 'AXIS', 'axis 2'],
  ['mean of integers', () => t.mean(i), 'DTYPE', 'ReduceMean'],
  ['max of booleans', () => t.max(flag), 'DTYPE', 'ReduceMax'],
  ['argMax over an axis that is not there', () => t.argMax(x, 2), 'AXIS', 'ArgMax'],
  ['softmax over an axis that is not there', () => t.softmax(x, -3), 'AXIS', 'axis -3'],
  ['cumSum of booleans', () => t.cumSum(flag, 0), 'DTYPE', 'CumSum'],
  ['matmul', () => t.matmul(x, x), 'SHAPE', '[2, 3] times [2, 3]'],
  ['matmul of batches', () => t.matmul(t.zeros([2, 2, 3]), t.zeros([3, 3, 2])), 'SHAPE', 'MatMul'],
  ['matmul of many by one', () => t.matmul(t.zeros([2, 2, 3]), t.zeros([2, 2])), 'SHAPE', 'MatMul'],
  ['matmul of a scalar', () => t.matmul(t.constant(1), x), 'SHAPE', 'MatMul'],
  ['gemm', () => t.gemm(x, x), 'SHAPE', '[2, 3] times [2, 3]'],
  ['gemm of rank 3', () => t.gemm(t.zeros([1, 2, 3]), x), 'SHAPE', 'rank 2'],
  [
    'gemm with a bias that does not fit',
    () => t.gemm(x, x, { transB: true, bias: t.zeros([3]) }),
    'SHAPE',
    'Gemm',
  ],
  [
    'conv of other channels',
    () => t.conv(t.zeros([2, 3, 8, 8]), w),
    'SHAPE',
    'input [2, 3, 8, 8] does not fit filter [6, 4, 3, 3]',
  ],
  [
    'conv in groups that do not divide',
    () => t.conv(t.zeros([2, 16, 8, 8]), w, { group: 4 }),
    'SHAPE',
    '4 group(s)',
  ],
  [
    'conv of a small image',
    () => t.conv(t.zeros([2, 4, 2, 8]), w),
    'SHAPE',
    'a window of [3, 3] does not fit into [2, 8]',
  ],
  [
    'conv with too many strides',
    () => t.conv(image, w, { strides: [1, 1, 1] }),
    'SHAPE',
    'strides [1, 1, 1]',
  ],
  ['conv with negative pads', () => t.conv(image, w, { pads: -1 }), 'SHAPE', 'pads'],
  [
    'conv with a bias that does not fit',
    () => t.conv(image, w, { bias: t.zeros([4]) }),
    'SHAPE',
    'bias of shape [4]',
  ],
  ['conv without spatial axes', () => t.conv(x, t.zeros([3, 3])), 'SHAPE', 'no 1 to 3 spatial axes'],
  [
    'conv of integers',
    () => t.conv(t.zeros([2, 4, 8, 8], 'int32'), t.zeros([6, 4, 3, 3], 'int32')),
    'DTYPE',
    'Conv',
  ],
  [
    'conv of a named size that does not divide',
    () => t.conv(n, t.zeros([1, 3, 4, 4]), { strides: 2, pads: 1 }),
    'NAMED_DIMENSION',
    "'H*2'",
  ],
  ['convTranspose of other channels', () => t.convTranspose(image, w), 'SHAPE', 'ConvTranspose'],
  [
    'convTranspose with too much output padding',
    () => t.convTranspose(image, w.transpose([1, 0, 2, 3]), { strides: 2, outputPadding: 2 }),
    'SHAPE',
    'output padding [2, 2]',
  ],
  ['convTranspose of a named size', () => t.convTranspose(n, t.zeros([3, 1, 3, 3])), 'NAMED_DIMENSION', 'H'],
  ['maxPool of a matrix', () => t.maxPool(x, { kernel: 2 }), 'SHAPE', 'MaxPool'],
  [
    'maxPool with too much padding',
    () => t.maxPool(image, { kernel: 2, pads: 2 }),
    'SHAPE',
    'pads are smaller than the window',
  ],
  [
    'averagePool of integers',
    () => t.averagePool(t.zeros([1, 1, 4, 4], 'int32'), { kernel: 2 }),
    'DTYPE',
    'AveragePool',
  ],
  ['reshape', () => t.reshape(x, [4]), 'SHAPE', '[2, 3] cannot take shape [4]'],
  ['reshape with two unknowns', () => t.reshape(x, [-1, -1]), 'SHAPE', 'at most one'],
  ['reshape with a rest', () => t.reshape(x, [4, -1]), 'SHAPE', 'number of elements (6)'],
  ['reshape of named sizes', () => t.reshape(n, [3, -1, 7]), 'SHAPE', 'H*H*N*3'],
  ['flatten from an axis that is not there', () => t.flatten(x, 3), 'AXIS', 'flatten'],
  ['transpose', () => t.transpose(x, [0, 0]), 'AXIS', 'no permutation'],
  ['expand', () => t.expand(x, [2, 4]), 'SHAPE', 'Expand'],
  ['expand to fewer', () => t.expand(x, [1, 3]), 'SHAPE', 'does not expand'],
  ['squeeze', () => t.squeeze(x, 0), 'SHAPE', 'axis 0 of [2, 3] has size 2'],
  ['unsqueeze', () => t.unsqueeze(x, 4), 'AXIS', 'Unsqueeze'],
  [
    'slice with step 0',
    () => t.slice(x, { axes: [0], starts: [0], ends: [1], steps: [0] }),
    'SHAPE',
    'step 0',
  ],
  ['slice of a named size', () => t.slice(n, { axes: [0], starts: [1], ends: [3] }), 'NAMED_DIMENSION', 'N'],
  ['concat of nothing', () => t.concat([], 0), 'SHAPE', 'nothing to join'],
  ['concat', () => t.concat([x, t.zeros([2, 4])], 0), 'SHAPE', '[2, 3], [2, 4]'],
  ['concat of dtypes', () => t.concat([x, t.zeros([2, 3], 'float64')], 0), 'DTYPE', 'Concat'],
  ['concat along a named size', () => t.concat([n, n], 0), 'NAMED_DIMENSION', 'Concat'],
  ['split', () => t.split(x, [1, 1], 1)[0] as t.Tensor, 'SHAPE', '[1, 1] do not add up'],
  ['split into parts that do not divide', () => t.split(x, 2, 1)[0] as t.Tensor, 'SHAPE', 'do not add up'],
  ['pad with too few pads', () => t.pad(x, [1, 1]), 'SHAPE', 'pads [1, 1]'],
  ['pad with negative pads', () => t.pad(x, [0, -1, 0, 0]), 'SHAPE', 'none negative'],
  ['pad of a named size', () => t.pad(n, [1, 0, 0, 0, 0, 0, 0, 0]), 'NAMED_DIMENSION', 'N'],
  ['pad reflecting too far', () => t.pad(x, [2, 0, 0, 0], { mode: 'reflect' }), 'SHAPE', 'reflect'],
  ['tile', () => t.tile(x, [2]), 'SHAPE', 'repeats [2]'],
  ['gather with real indices', () => t.gather(x, t.zeros([2])), 'DTYPE', 'int32 or int64 indices'],
  [
    'gatherElements',
    () => t.gatherElements(x, t.zeros([3, 1], 'int64'), 1),
    'SHAPE',
    '[3, 1] do not fit [2, 3]',
  ],
  [
    'scatterElements',
    () => t.scatterElements(x, t.zeros([2, 1], 'int64'), t.zeros([2, 2]), 1),
    'SHAPE',
    'ScatterElements',
  ],
  ['scatterND', () => t.scatterND(x, t.zeros([4, 1], 'int64'), t.zeros([4])), 'SHAPE', 'should be [4, 3]'],
  [
    'scatterND with too many indices',
    () => t.scatterND(x, t.zeros([4, 3], 'int64'), t.zeros([4])),
    'SHAPE',
    'ScatterND',
  ],
  ['gatherND with real indices', () => t.gatherND(x, t.zeros([1, 1])), 'DTYPE', 'GatherND'],
  ['oneHot of real numbers', () => t.oneHot(x, 3), 'DTYPE', 'OneHot'],
  ['depthToSpace', () => t.depthToSpace(t.zeros([1, 6, 2, 2]), 2), 'SHAPE', 'blocks of 2 x 2'],
  ['spaceToDepth', () => t.spaceToDepth(t.zeros([1, 1, 3, 2]), 2), 'SHAPE', 'blocks of 2 x 2'],
  ['xor of numbers', () => t.xor(x, x), 'DTYPE', 'expected bool'],
  ['bitShift of signed integers', () => t.bitShift(i, 1, 'LEFT'), 'DTYPE', 'expected uint8'],
  ['isInf of integers', () => t.isInf(i), 'DTYPE', 'IsInf'],
  ['sumOf of nothing', () => t.sumOf([]), 'SHAPE', 'expected tensors, got none'],
  ['sumOf of integers', () => t.sumOf([i, i]), 'DTYPE', 'Sum'],
  ['maximumOf of dtypes', () => t.maximumOf([x, t.zeros([3], 'float64')]), 'DTYPE', 'one dtype'],
  [
    'prelu with a slope that does not fit',
    () => t.prelu(x, t.ones([2, 2, 3])),
    'SHAPE',
    'a slope of shape [2, 2, 3]',
  ],
  ['glu of an odd size', () => t.glu(x), 'SHAPE', 'split'],
  ['atan2 of integers', () => t.atan2(i, i), 'DTYPE', 'atan2'],
  ['full of integers with a fraction', () => t.full([2], 0.5, 'int64'), 'DTYPE', '0.5 cannot be an int64'],
  ['range without an end', () => t.range(0, 3, 0), 'SHAPE', 'steps of 0'],
  ['range of integers in fractions', () => t.range(0, 3, 0.5, 'int32'), 'DTYPE', '0.5'],
  ['eyeLike of an image', () => t.eyeLike(image), 'SHAPE', 'diagonal 0'],
  ['trilu of a vector', () => t.trilu(i), 'SHAPE', 'rank 2 or more'],
  ['reverseSequence', () => t.reverseSequence(x, i), 'SHAPE', 'lengths [2] do not fit sequences [2, 3]'],
  ['max of nothing', () => t.max(t.zeros([2, 0]), 1), 'SHAPE', 'axis 1 of [2, 0] has no elements'],
  ['argMin of nothing', () => t.argMin(t.zeros([2, 0])), 'SHAPE', 'no elements'],
  ['hardmax of nothing', () => t.hardmax(t.zeros([2, 0])), 'SHAPE', 'no elements'],
  ['l2Norm of integers', () => t.l2Norm(i), 'DTYPE', 'ReduceL2'],
  [
    'gatherND of other batches',
    () => t.gatherND(x, t.zeros([3, 1], 'int64'), { batchDims: 1 }),
    'SHAPE',
    'first 1 axes',
  ],
  [
    'scatterND adding booleans',
    () => t.scatterND(flag, t.zeros([1, 1], 'int64'), t.cast(t.zeros([1, 3]), 'bool'), 'add'),
    'DTYPE',
    'ScatterND',
  ],
  [
    'scatterElements of integers keeping the largest',
    () => t.scatterElements(i, i, i, 0, 'max'),
    'DTYPE',
    'ScatterElements',
  ],
  [
    'scatterND of a named size keeping the largest',
    () => t.scatterND(n, t.zeros([1, 1], 'int64'), t.zeros([1, 3, 'H', 'H']), 'max'),
    'NAMED_DIMENSION',
    'ScatterND',
  ],
  [
    'segmentSum',
    () => t.segmentSum(x, t.zeros([3], 'int64'), 2),
    'SHAPE',
    'segments [3] do not number the rows of [2, 3]',
  ],
  ['segmentMax of integers', () => t.segmentMax(i, i, 2), 'DTYPE', 'segmentMax'],
  ['truncatedNormal', () => t.truncatedNormal(x, { low: 2, high: 1 }), 'SHAPE', 'got 2 and 1'],
  ['bernoulli of integers', () => t.bernoulli(1, i), 'DTYPE', 'bernoulli'],
  ['resizeNearest by a fraction', () => t.resizeNearest(image, 1.5), 'SHAPE', '1.5'],
  [
    'conv with padding that depends on a name',
    () => t.conv(n, t.zeros([1, 3, 3, 3]), { strides: 2, pads: 'SAME_UPPER' }),
    'NAMED_DIMENSION',
    "'H*2'",
  ],
  [
    'convTranspose to a size it does not reach',
    () => t.convTranspose(image, w.transpose([1, 0, 2, 3]), { outputSizes: 12 }),
    'SHAPE',
    'do not reach the wanted size by 2, 2 elements',
  ],
  [
    'maxPool with partial windows of a named size',
    () => t.maxPool(n, { kernel: 3, strides: 2, ceilMode: true }),
    'NAMED_DIMENSION',
    'partial windows',
  ],
  ['pad wrapping too far', () => t.pad(x, [3, 0, 0, 0], { mode: 'wrap' }), 'SHAPE', 'wrap'],
  ['resize by nothing', () => t.resize(image, {}), 'SHAPE', 'either scales or sizes'],
  ['resize to nothing', () => t.resize(image, { scales: 0.1 }), 'SHAPE', 'scales [1,1,0.1,0.1]'],
  ['resize of a name by a fraction', () => t.resize(n, { scales: 1.5 }), 'NAMED_DIMENSION', 'H times 1.5'],
  [
    'resize of integers by a line',
    () => t.resize(t.zeros([1, 1, 2, 2], 'int32'), { sizes: 4, mode: 'linear' }),
    'DTYPE',
    'Resize',
  ],
  ['topK of more than there are', () => t.topK(x, 4).values, 'SHAPE', '4 elements cannot be taken'],
  ['topK along a name', () => t.topK(n, 1, { axis: 0 }).values, 'SHAPE', 'N'],
  ['topK of booleans', () => t.topK(flag, 1).values, 'DTYPE', 'TopK'],
  ['einsum with too few operands', () => t.einsum('ij,jk->ik', x), 'SHAPE', '1 operands'],
  ['einsum of other ranks', () => t.einsum('ijk->ik', x), 'SHAPE', '3 letters'],
  ['einsum of other sizes', () => t.einsum('ij,jk->ik', x, x), 'SHAPE', '"j" is 3'],
  ['einsum of a strange output', () => t.einsum('ij->ik', x), 'SHAPE', '"k"'],
  ['einsum of a strange term', () => t.einsum('i.->i', x), 'SHAPE', 'no list of letters'],
  ['einsum of dtypes', () => t.einsum('ij,i->j', x, i), 'DTYPE', 'Einsum'],
  ['gridSample of other batches', () => t.gridSample(image, t.zeros([3, 2, 2, 2])), 'SHAPE', '[3, 2, 2, 2]'],
  [
    'roiAlign of boxes without images',
    () => t.roiAlign(image, t.zeros([3, 4]), i, { size: [2, 2] }),
    'SHAPE',
    '[3, 4]',
  ],
  ['affineGrid', () => t.affineGrid(x, [2, 2]), 'SHAPE', 'affine maps'],
  ['cholesky', () => t.cholesky(x), 'SHAPE', 'no square matrices'],
  ['solveTriangular', () => t.solveTriangular(t.zeros([2, 2]), t.zeros([3, 1])), 'SHAPE', 'no 2 rows'],
  ['matrixSquareRoot of integers', () => t.matrixSquareRoot(t.zeros([2, 2], 'int32')), 'DTYPE', 'float32'],
  ['spectralNorm of a vector', () => t.spectralNorm(t.zeros([2])), 'SHAPE', 'no matrices'],
  ['groupNormalization', () => t.groupNormalization(image, 3), 'SHAPE', '3 groups'],
  ['layerNormalization', () => t.layerNormalization(x, { axis: 2 }), 'AXIS', 'axis 2'],
];

describe('refused where it is written', () => {
  it.each(refusals)('%s', (_, build, code, message) => {
    const layer = () => t.scope('critic/layer', build);
    expect(layer).toThrow(
      expect.objectContaining({ code: `GANYMEDE_${code}`, message: expect.stringContaining(message) }),
    );
    if (!message.includes('dimension')) expect(layer).toThrow(/in critic\/layer|no dimension/);
  });
});

it('refuses indices outside the axis when it computes', () => {
  const feeds = { x: t.filled([2, 3], 1), i: t.valueOf([0, 2], [2], 'int64') };
  expect(() => t.evaluate({ y: t.gather(x, i) }, feeds)).toThrow(
    /Gather: index 2 is outside an axis of size 2/,
  );
  expect(() => t.evaluate({ y: t.gatherND(x, t.unsqueeze(i, 1)) }, feeds)).toThrow(/GatherND: index 2/);
});

it('refuses the gradient of a line between elements of a named size', () => {
  const named = t.input('named', ['N', 1, 'H', 2]);
  const y = t.sum(t.resize(named, { scales: 2, mode: 'linear' }));
  expect(() => t.grad(y, [named])).toThrow(/gradient of Resize.*sizes of \[N, 1, H, 2\] must be known/);
});
