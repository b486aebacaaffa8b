const DYNAMIC = 'its result has a size that depends on the values; programs here know every size';
const SEQUENCE = 'sequences and optional values are no tensors; TypeScript has lists';
const QUANTIZED = 'integer arithmetic for inference; training needs real numbers';
const SIGNAL = 'signals, of complex numbers; no GAN here works on spectra';
const TEXT = 'strings are no tensors; text is made into numbers by a dataset';

/**
 * Operators of ONNX's opset 17 that the language has under another name, or that files are read as: which functions serve.
 */
export const written: Readonly<Record<string, string>> = {
  Bernoulli: '`bernoulli`, with the noise as an input',
  CastLike: '`cast`',
  ConstantOfShape: '`full`',
  LpNormalization: '`l2Normalize`; `x.div(l1Norm(x, axis, true))`',
  MeanVarianceNormalization: '`mean` and `variance`',
  Multinomial: '`categorical`, with the noise as an input',
  NegativeLogLikelihoodLoss: '`gatherElements` of log-probabilities',
  RandomNormal: '`ctx.noise`',
  RandomNormalLike: '`ctx.noise`',
  RandomUniform: '`ctx.noise`',
  RandomUniformLike: '`ctx.noise`',
  Range: '`range`',
  ReduceLogSumExp: '`logSumExp`',
  SoftmaxCrossEntropyLoss: '`softmaxCrossEntropy`',
};

/** Operators of ONNX's opset 17 that the language leaves out, with the reason. */
export const leftOut: Readonly<Record<string, string>> = {
  BlackmanWindow: SIGNAL,
  Compress: DYNAMIC,
  ConcatFromSequence: SEQUENCE,
  ConvInteger: QUANTIZED,
  DFT: SIGNAL,
  DequantizeLinear: QUANTIZED,
  Det: 'has no place in a loss without its sign; `cholesky` gives log-determinants of positive definite matrices',
  DynamicQuantizeLinear: QUANTIZED,
  HammingWindow: SIGNAL,
  HannWindow: SIGNAL,
  If: 'control flow stays in TypeScript; `where` chooses element by element',
  Loop: 'control flow stays in TypeScript; `scan` is the recurrence that has a gradient',
  MatMulInteger: QUANTIZED,
  MaxRoiPool: 'rounds regions to whole pixels; `roiAlign` is its successor',
  MaxUnpool:
    'needs the places that a pooling with indices gives, which has no second derivative; use `resize` or `convTranspose`',
  MelWeightMatrix: SIGNAL,
  NonMaxSuppression: DYNAMIC,
  NonZero: DYNAMIC,
  Optional: SEQUENCE,
  OptionalGetElement: SEQUENCE,
  OptionalHasElement: SEQUENCE,
  QLinearConv: QUANTIZED,
  QLinearMatMul: QUANTIZED,
  QuantizeLinear: QUANTIZED,
  RNN: 'a plain recurrence is a `scan`; `lstm` and `gru` are what networks use',
  STFT: SIGNAL,
  SequenceAt: SEQUENCE,
  SequenceConstruct: SEQUENCE,
  SequenceEmpty: SEQUENCE,
  SequenceErase: SEQUENCE,
  SequenceInsert: SEQUENCE,
  SequenceLength: SEQUENCE,
  SequenceMap: SEQUENCE,
  SplitToSequence: SEQUENCE,
  StringNormalizer: TEXT,
  TfIdfVectorizer: TEXT,
  Unique: DYNAMIC,
};
