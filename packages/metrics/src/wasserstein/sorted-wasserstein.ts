/**
 * The 1-D Wasserstein distance to the power `order` between two sorted samples, of any counts: the integral of |F⁻¹ - G⁻¹|^order over
 * their quantiles. `weights…` count how often each number is there. Exact.
 */
export function sortedWasserstein(
  a: Float64Array,
  b: Float64Array,
  order: 1 | 2 = 1,
  weightsA?: ArrayLike<number>,
  weightsB?: ArrayLike<number>,
): number {
  const total = (set: Float64Array, weights?: ArrayLike<number>): number => {
    if (weights === undefined) return set.length;
    let sum = 0;
    for (let i = 0; i < weights.length; i++) sum += weights[i] as number;
    return sum;
  };
  const [totalA, totalB] = [total(a, weightsA), total(b, weightsB)];
  let sum = 0;
  let [i, j] = [-1, -1];
  // What is left of the mass of a[i] and b[j], in units of 1 / (totalA totalB): whole numbers, so nothing is rounded.
  let [leftA, leftB] = [0, 0];
  for (;;) {
    while (leftA === 0 && ++i < a.length) leftA = ((weightsA?.[i] as number | undefined) ?? 1) * totalB;
    while (leftB === 0 && ++j < b.length) leftB = ((weightsB?.[j] as number | undefined) ?? 1) * totalA;
    if (i >= a.length || j >= b.length) return sum / totalA / totalB;
    const moved = Math.min(leftA, leftB);
    const d = Math.abs(a[i]! - b[j]!);
    sum += moved * (order === 1 ? d : d * d);
    leftA -= moved;
    leftB -= moved;
  }
}
