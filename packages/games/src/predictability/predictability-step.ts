import {
  flattenTree,
  type Network,
  type Optimizer,
  type StateReader,
  type Step,
  type StepContext,
  type Tree,
} from '@ganymede/core';
import { descend, parametersOf, replaceLeaves } from '@ganymede/nn';
import { scope, type Tensor, type TensorType } from '@ganymede/tensor';

/** Networks, optimizers and weights of predictability minimization. */
export interface PredictabilityParts {
  readonly code: Network;
  readonly predictors: Network;
  /** From codes back to inputs, where information is to be kept by reconstruction. */
  readonly decoder?: Network;
  readonly optimizers: { readonly code: Optimizer; readonly predictors: Optimizer };
  /** Updates of the predictors before each of the code. */
  readonly predictorUpdates: number;
  /** +1: code units make V large, as published. -1: they make it small, too. */
  readonly sign: 1 | -1;
  /** Weight of the mean squared reconstruction error against V. */
  readonly reconstruction: number;
}

/** V: sum over units of (P_i − y_i)², mean over patterns. */
export const unpredictability = (predicted: Tensor, codes: Tensor): Tensor =>
  predicted.sub(codes).square().sum(1).mean();

/**
 * One iteration as a step: some updates of the predictors, which descend V, and one of the code, which ascends it (Schmidhuber 1992,
 * section 4), all on one batch `patterns`. Reports `unpredictability` V, and `reconstruction` where there is a decoder.
 */
export function predictabilityStep(parts: PredictabilityParts, batch: TensorType): Step {
  const variablesOf = (state: StateReader, name: string) => state.tree(name);
  const slotsOf = (state: StateReader, name: string): Tree<Tensor> =>
    state.has(`optimizer/${name}/`) ? state.tree(`optimizer/${name}`) : {};
  const apply = (name: string, network: Network, variables: Tree<Tensor>, x: Tensor, ctx: StepContext) =>
    scope(name, () => network.apply(variables, x, ctx.child(name)));

  return {
    name: 'predictability',
    batch: { patterns: batch },
    program(state, { patterns }, ctx) {
      const x = patterns as Tensor;
      const coders = {
        code: variablesOf(state, 'code'),
        ...(parts.decoder ? { decoder: state.tree('decoder') } : {}),
      };
      const codes = apply('code', parts.code, coders.code, x, ctx);
      let predictors = variablesOf(state, 'predictors');
      let slots = slotsOf(state, 'predictors');
      for (let i = 0; i < parts.predictorUpdates; i++) {
        const loss = unpredictability(
          apply('predictors', parts.predictors, predictors, codes.stopGradient(), ctx),
          codes.stopGradient(),
        );
        const next = descend(
          parts.optimizers.predictors,
          loss,
          parametersOf(parts.predictors, predictors),
          slots,
          ctx.child('optimizer/predictors'),
        );
        predictors = replaceLeaves(predictors, next.params);
        slots = next.slots;
      }
      const v = unpredictability(apply('predictors', parts.predictors, predictors, codes, ctx), codes);
      const rebuilt =
        parts.decoder && apply('decoder', parts.decoder, coders.decoder as Tree<Tensor>, codes, ctx);
      const error = rebuilt?.sub(x).square().mean();
      const against = v.mul(-parts.sign);
      const loss = error === undefined ? against : against.add(error.mul(parts.reconstruction));
      const moved = descend(
        parts.optimizers.code,
        loss,
        coders,
        slotsOf(state, 'code'),
        ctx.child('optimizer/code'),
      );
      return {
        state: {
          ...flattenTree(moved.params),
          ...flattenTree(moved.slots, 'optimizer/code'),
          ...flattenTree(predictors, 'predictors'),
          ...flattenTree(slots, 'optimizer/predictors'),
        },
        outputs: { unpredictability: v, ...(error === undefined ? {} : { reconstruction: error }) },
      };
    },
  };
}
