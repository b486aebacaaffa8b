import { ortBackend } from '@ganymede/backend-ort';
import { idx, glyphs, mixture } from '@ganymede/data';
import { trainClassifier, fid, classes, modes } from '@ganymede/metrics';
import { createRng } from '@ganymede/core';
const backend = await ortBackend({ device: 'cpu' });
const mnist = await idx({ images: '/work/shared/data/mnist/train-images-idx3-ubyte.gz', labels: '/work/shared/data/mnist/train-labels-idx1-ubyte.gz' } as never);
for (const [name, set] of [['mnist', mnist], ['glyphs', glyphs()]] as const) {
  const accs: number[] = []; let t = 0;
  for (const seed of [1, 2, 3]) { const from = performance.now(); const c = await trainClassifier(set, backend, { seed, cache: false }); t = performance.now() - from; accs.push(c.accuracy); await c.dispose(); }
  console.log(name, 'accuracy', accs, 'ms', Math.round(t));
  const order = createRng(99).permutation(set.length);
  const samples = async function* (count: number) { for (let i = 0; i < count; i += 250) yield (await set.read(order.subarray(i, Math.min(i + 250, count)))).images!; };
  const noise = async function* (count: number) { for (let i = 0; i < count; i += 250) yield createRng(i).draw([250, 1, 28, 28], { kind: 'uniform', low: -1, high: 1 }); };
  const input = { dataset: set, backend, state: {}, seed: 3, samples, untrained: noise } as never;
  for (const m of [fid(), classes()]) console.log(name, (await m.measure(input)).map((x) => `${x.name} ${x.value.toFixed(4)}`).join('  '));
}
for (const world of ['grid', 'ring'] as const) {
  const p = mixture({ world, scaling: 'veegan' });
  const samples = async function* (count: number) { yield (await p.read(Array.from({ length: count }, (_, i) => i * 37 % 100000))).points!; };
  console.log(world, (await modes().measure({ dataset: p, backend, state: {}, seed: 0, samples } as never)).map((x) => `${x.name} ${x.value}`).join('  '));
}
