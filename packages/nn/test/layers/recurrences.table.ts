import { gru } from '../../src/layers/gru.js';
import { gruCell } from '../../src/layers/gru-cell.js';
import { lstm } from '../../src/layers/lstm.js';
import type { LayerRow } from '../layer-row.js';

const both = (name: string) => [`${name}, training`, `${name}, inference`];
const lstmPaths = ['kernel', 'recurrent', 'bias'];
const gruPaths = [...lstmPaths, 'recurrentBias'];
const below = (paths: readonly string[], ...places: readonly string[]) =>
  places.flatMap((place) => paths.map((path) => `${place}/${path}`));
const every = ['layer1/forward', 'layer1/backward', 'layer2/forward', 'layer2/backward'];
const sequences = (layer: string) => [
  { input: ['N', 4], code: 'GANYMEDE_SHAPE', message: `${layer}: expected an input [batch, time, features]` },
];

export const recurrences: readonly LayerRow[] = [
  {
    name: 'lstm',
    create: () => lstm(3),
    input: [4, 2],
    output: [4, 3],
    free: { input: ['T', 2], output: ['T', 3] },
    paths: below(lstmPaths, 'layer1/forward'),
    torch: both('lstm'),
    refuses: sequences('lstm'),
  },
  {
    name: 'lstm, 2 layers, both directions, dropout',
    create: () => lstm(3, { layers: 2, bidirectional: true, dropout: 0.3 }),
    input: [4, 2],
    output: [4, 6],
    free: { input: ['T', 2], output: ['T', 6] },
    paths: below(lstmPaths, ...every),
  },
  {
    name: 'lstm, 2 layers, both directions',
    create: () => lstm(3, { layers: 2, bidirectional: true }),
    input: [4, 2],
    output: [4, 6],
    paths: below(lstmPaths, ...every),
    torch: both('lstm, 2 layers, both directions'),
  },
  {
    name: 'lstm, last, both directions',
    create: () => lstm(3, { bidirectional: true, output: 'last' }),
    input: [3, 2],
    output: [6],
    free: { input: ['T', 2], output: [6] },
    torch: both('lstm, last, both directions'),
  },
  {
    name: 'lstm, unrolled',
    create: () => lstm(3, { form: 'unrolled' }),
    input: [4, 2],
    output: [4, 3],
    torch: [],
  },
  {
    name: 'gru',
    create: () => gru(3),
    input: [4, 2],
    output: [4, 3],
    free: { input: ['T', 2], output: ['T', 3] },
    paths: below(gruPaths, 'layer1/forward'),
    torch: both('gru'),
    refuses: sequences('gru'),
  },
  {
    name: 'gru, 2 layers, both directions',
    create: () => gru(3, { layers: 2, bidirectional: true }),
    input: [4, 2],
    output: [4, 6],
    paths: below(gruPaths, ...every),
    torch: both('gru, 2 layers, both directions'),
  },
  {
    name: 'gru, last, both directions',
    create: () => gru(3, { bidirectional: true, output: 'last' }),
    input: [3, 2],
    output: [6],
    torch: both('gru, last, both directions'),
  },
  { name: 'gruCell', create: () => gruCell(3), input: [4, 2], output: [4, 3], paths: gruPaths },
  {
    name: 'gruCell, one position',
    create: () => gruCell(3),
    input: [2],
    output: [3],
    still: ['recurrent'],
  },
];
