import { openPage } from './open-page.js';
import { ort } from '@ganymede/backend-ort';
import { trainMixture } from './train-mixture.js';
const node = await trainMixture(ort, 'ort', 'cpu', 200, { threads: 1 });
console.log(node.backend, node.losses.at(-1));
const t0 = Date.now();
const { page, close } = await openPage();
console.log('open', Date.now() - t0);
console.log(await page.evaluate(async () => { const a = await (navigator as any).gpu?.requestAdapter(); return a && { v: a.info.vendor, a: a.info.architecture, f: a.info.isFallbackAdapter, d: a.info.description }; }));
for (const device of ['wasm', 'webgpu', 'auto']) {
  const t = Date.now();
  try {
  const got = await page.evaluate(([device]) => (globalThis as any).trainMixture(device, 200), [device] as const);
  const worst = Math.max(...got.losses.flatMap((pair: any, i: number) => pair.map((x: number, k: number) => Math.abs(x - node.losses[i]![k]!))));
  console.log(device, got.backend, got.losses.length, got.losses.at(-1), 'worst', worst, Date.now() - t, 'ms');
  } catch (e) { console.log(device, e); }
}
await close();
process.env.VK_ICD_FILENAMES='/usr/lib/chromium/vk_swiftshader_icd.json';
const t1=Date.now();
const gpu = await trainMixture(ort, 'ort', 'webgpu', 200);
console.log(gpu.backend, gpu.losses.at(-1), Date.now()-t1);
