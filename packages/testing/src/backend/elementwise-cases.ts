import * as t from '@ganymede/tensor';
import { type BackendCase, sample, wholes } from './backend-case.js';

const real = (name: string, ...shape: number[]) => t.input(name, shape, 'float32');

/** Arithmetic, functions of one tensor, comparisons, logic, integers. */
export const elementwiseCases: readonly BackendCase[] = [
  {
    name: 'arithmetic with broadcasting',
    build: () => {
      const [x, y] = [real('x', 3, 4), real('y', 4)];
      return {
        sum: x.add(y),
        difference: x.sub(y),
        product: x.mul(y),
        quotient: x.div(y.abs().add(1)),
        power: x.abs().pow(1.5),
      };
    },
    feeds: [{ x: sample([3, 4], 1), y: sample([4], 2) }],
  },
  {
    name: 'functions of one tensor',
    build: () => {
      const x = real('x', 5, 7);
      const positive = x.abs().add(0.1);
      return {
        exp: t.exp(x),
        log: t.log(positive),
        sqrt: t.sqrt(positive),
        reciprocal: t.reciprocal(positive),
        square: t.square(x),
        sin: t.sin(x),
        cos: t.cos(x),
        tanh: t.tanh(x),
        sigmoid: t.sigmoid(x),
        softplus: t.softplus(x),
        relu: t.relu(x),
        leaky: t.leakyRelu(x, 0.2),
        elu: t.elu(x),
        erf: t.erf(x),
        floor: t.floor(x),
        ceil: t.ceil(x),
        round: t.round(x.mul(3)),
        clip: t.clip(x, -0.5, 0.5),
        sign: t.sign(x),
        neg: t.neg(x),
        abs: t.abs(x),
      };
    },
    feeds: [{ x: sample([5, 7], 3, 2) }],
  },
  {
    name: 'functions at large arguments stay finite where the mathematics does',
    build: () => {
      const x = real('x', 6);
      return { tanh: t.tanh(x), sigmoid: t.sigmoid(x), softplus: t.softplus(x) };
    },
    feeds: [{ x: t.valueOf([-80, -30, -1e-3, 1e-3, 30, 80]) }],
  },
  {
    name: 'comparisons, logic and selection',
    build: () => {
      const [x, y] = [real('x', 4, 3), real('y', 4, 3)];
      const above = t.greater(x, y);
      const positive = t.greaterOrEqual(x, 0);
      return {
        above,
        below: t.less(x, y),
        equal: t.equal(x, x),
        both: t.and(above, positive),
        either: t.or(above, positive),
        none: t.not(positive),
        least: t.minimum(x, y),
        most: t.maximum(x, y),
        chosen: t.where(above, x, y),
        counted: t.cast(above, 'float32').sum(1),
      };
    },
    feeds: [{ x: sample([4, 3], 4), y: sample([4, 3], 5) }],
  },
  {
    name: 'integers and booleans in and out',
    build: () => {
      const i = t.input('i', [5], 'int64');
      const j = t.input('j', [5], 'int32');
      const mask = t.input('mask', [5], 'bool');
      return {
        next: i.add(1),
        both: t.cast(i, 'int32').add(j),
        real: t.cast(j, 'float32').mul(0.5),
        kept: t.where(mask, i, 0),
        hidden: t.not(mask),
      };
    },
    feeds: [{ i: wholes([5], 6, 9), j: wholes([5], 7, 9, 'int32'), mask: wholes([5], 8, 2, 'bool') }],
  },
  {
    name: 'scalars',
    build: () => {
      const rate = t.input('rate', [], 'float32');
      return { stepped: real('x', 3).sub(rate), doubled: rate.mul(2) };
    },
    feeds: [
      { x: sample([3], 9), rate: t.valueOf(0.25) },
      { x: sample([3], 10), rate: t.valueOf(-2) },
    ],
  },
];
