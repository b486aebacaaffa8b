import type { Graph } from '@ganymede/tensor';

/**
 * Session options that keep those of `names` on a GPU that can stay there: outputs of float32, the only dtype that WebGPU holds
 * in buffers of its own. None where none does, because ONNX Runtime then need not look at every output.
 */
export function residentOutputs(
  { outputs }: Graph,
  names: readonly string[],
): { readonly preferredOutputLocation?: Readonly<Record<string, 'cpu' | 'gpu-buffer'>> } {
  const stays = (name: string): boolean => names.includes(name) && outputs[name]?.dtype === 'float32';
  const all = Object.keys(outputs);
  if (!all.some(stays)) return {};
  return {
    preferredOutputLocation: Object.fromEntries(
      all.map((name) => [name, stays(name) ? 'gpu-buffer' : 'cpu'] as const),
    ),
  };
}
