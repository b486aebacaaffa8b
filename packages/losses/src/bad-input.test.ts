import { GanymedeError, input, softmax, type Tensor, valueOf, constant } from '@ganymede/tensor';
import { createWorkbench } from '@ganymede/testing';
import { describe, expect, it } from 'vitest';
import { classCrossEntropy, requireLabels } from './class-cross-entropy.js';
import { auxiliaryClassifier } from './auxiliary-classifier.js';
import { divergences } from './divergences/index.js';
import { featureMatching } from './feature-matching.js';
import { fGan } from './f-gan.js';
import { jointLossTable } from './joint-losses.table.js';
import { lossTable } from './losses.table.js';
import { minimax } from './minimax.js';
import { projectionLogits } from './projection-logits.js';
import { relativistic } from './relativistic.js';
import { relaxedWasserstein } from './relaxed-wasserstein.js';
import { scaledBregman } from './scaled-bregman.js';
import { semiSupervised } from './semi-supervised.js';
import { smoothedLabels } from './smoothed-labels.js';
import { softmaxGan } from './softmax-gan.js';

const logits = input('logits', [8, 1]);
const codeOf = (call: () => unknown): string => {
  try {
    call();
  } catch (error) {
    if (GanymedeError.is(error)) return error.code;
    throw error;
  }
  return 'no error';
};

describe('losses', () => {
  it.each([...lossTable, ...jointLossTable].map((row) => [row.name, row] as const))(
    '%s refuses probabilities, and names where they come from',
    (_, row) => {
      const columns = 'columns' in row ? row.columns : 1;
      const x = input('x', [8 / columns, columns], 'float64');
      const bench = createWorkbench();
      const more = 'input' in row ? row.input?.(bench) : undefined;
      const probabilities: readonly Tensor[] = [
        x.sigmoid(),
        softmax(x),
        x
          .sigmoid()
          .reshape([8 / columns, columns])
          .stopGradient(),
        x.clip(0, 1),
      ];
      for (const p of probabilities) {
        expect(codeOf(() => row.create().discriminator(p, x, more))).toBe('GANYMEDE_LOGITS');
        expect(codeOf(() => row.create().discriminator(x, p, more))).toBe('GANYMEDE_LOGITS');
        expect(codeOf(() => row.create().generator(p, x, more))).toBe('GANYMEDE_LOGITS');
      }
      expect(codeOf(() => row.create().discriminator(x.clip(-9, 9), x.tanh(), more))).toBe('no error');
      expect(() => row.create().discriminator(x.sigmoid(), x, more)).toThrow(/raw logits of real.*Sigmoid/);
    },
  );

  it.each([
    ['relativistic', () => relativistic().generator(logits)],
    ['softmaxGan', () => softmaxGan().generator(logits)],
    ['relaxedWasserstein', () => relaxedWasserstein().generator(logits)],
    ['relaxedWasserstein without samples', () => relaxedWasserstein().discriminator(logits, logits)],
    ['auxiliaryClassifier', () => auxiliaryClassifier().discriminator(logits, logits, {})],
    ['featureMatching', () => featureMatching().generator(logits)],
    ['semiSupervised', () => semiSupervised().discriminator(input('a', [4, 3]), input('b', [4, 3]))],
    ['scaledBregman', () => scaledBregman().generator(input('a', [4, 2]))],
    ['smoothedLabels', () => smoothedLabels({ real: () => 0.9 }).discriminator(logits, logits)],
  ])('%s says what it needs', (_, call) => expect(codeOf(call)).toBe('GANYMEDE_LOSS_INPUT'));

  it.each([
    ['relativistic of unequal batches', () => relativistic().discriminator(logits, input('f', [4, 1]))],
    ['relativistic of [8, 1] and [8]', () => relativistic().discriminator(logits, input('f', [8]))],
    ['semiSupervised of one column', () => semiSupervised({ generator: 'non-saturating' }).generator(logits)],
    ['scaledBregman of one column', () => scaledBregman().discriminator(logits, logits, { base: logits })],
    ['class logits of one dimension', () => classCrossEntropy(input('c', [8]), input('l', [8], 'int32'))],
    ['labels as one-hot rows', () => classCrossEntropy(input('c', [8, 3]), input('l', [8, 3], 'int32'))],
    [
      'projection of other widths',
      () => projectionLogits({ logits, features: input('f', [8, 4]), classVectors: input('c', [8, 5]) }),
    ],
    [
      'transport between other samples',
      () =>
        relaxedWasserstein().discriminator(logits, logits, {
          samples: { real: input('x', [8, 2]), fake: input('y', [8, 3]) },
        }),
    ],
  ])('%s is a wrong shape', (_, call) => expect(codeOf(call)).toBe('GANYMEDE_SHAPE'));

  it('options are checked', () => {
    expect(codeOf(() => fGan({ divergence: 'alpha', alpha: 1 }))).toBe('GANYMEDE_OPTION');
    expect(codeOf(() => divergences.alpha(0))).toBe('GANYMEDE_OPTION');
    expect(codeOf(() => smoothedLabels({ real: 1.5 }))).toBe('GANYMEDE_OPTION');
    expect(codeOf(() => minimax({}))).toBe('no error');
  });
});

describe('labels', () => {
  const classes = input('classes', [3, 4]);

  it('that are constants are checked while the program is built', () => {
    expect(codeOf(() => classCrossEntropy(classes, constant([0, 3, 1], 'int32')))).toBe('no error');
    const call = () => classCrossEntropy(classes, constant([0, 4, 1], 'int32'));
    expect(call).toThrow(/from 0 to 3 \(4 classes\), but label 1 is 4/);
    expect(codeOf(call)).toBe('GANYMEDE_LABEL');
    expect(codeOf(() => classCrossEntropy(classes, input('l', [3])))).toBe('GANYMEDE_DTYPE');
  });

  it('of one class are refused: every answer would be right', () => {
    const call = () => classCrossEntropy(input('c', [3, 1]), input('l', [3], 'int32'));
    expect(codeOf(call)).toBe('GANYMEDE_ONE_CLASS');
    expect(codeOf(() => classCrossEntropy(input('c', [3, 2]), input('l', [3], 'int32')))).toBe('no error');
  });

  it('in data are checked by requireLabels', () => {
    expect(codeOf(() => requireLabels([0, 1, 2], 3))).toBe('no error');
    for (const wrong of [-1, 3, 0.5, Number.NaN]) {
      expect(codeOf(() => requireLabels([0, wrong], 3))).toBe('GANYMEDE_LABEL');
      expect(codeOf(() => requireLabels([wrong], 3))).toBe('GANYMEDE_LABEL');
    }
    expect(codeOf(() => requireLabels(valueOf([0, 7], undefined, 'int64'), 3))).toBe('GANYMEDE_LABEL');
  });

  it.each([-1, 4])('of %d at run time make the loss NaN, never another class', (label) => {
    const bench = createWorkbench();
    const at = (l: number) => {
      const x = bench.symbol(`x${l}`, valueOf([1, 2, 3, 4], [1, 4]));
      return classCrossEntropy(x, bench.symbol(`l${l}`, valueOf([l], undefined, 'int32')));
    };
    const [good, bad] = bench.evaluate([at(3), at(label)]);
    expect(Number(good?.data[0])).toBeCloseTo(0.4401897, 6);
    expect(Number(bad?.data[0])).toBeNaN();
  });
});
