/**
 * The eigenvalues of a symmetric matrix, ascending, without eigenvectors: reduced to three diagonals by Householder reflections,
 * then implicit QL (Martin, Reinsch, Wilkinson 1968; Bowdler et al. 1968). `matrix` is row-major, its lower triangle is read and
 * overwritten. Where entries differ by many powers of ten the large ones belong to the bottom right, as those authors advise: then
 * small eigenvalues are right to many digits, too. Only rows are walked, in typed arrays: at 2048 x 2048 many times as fast as a
 * decomposition that also keeps the vectors.
 */
export function symmetricEigenvalues(matrix: Float64Array, size: number): Float64Array {
  const { diagonal, below } = tridiagonal(matrix, size);
  implicitQl(diagonal, below);
  return diagonal.sort();
}

/** Diagonal and sub-diagonal (`below[i]` left of `diagonal[i]`) of an orthogonally similar matrix with three diagonals. */
function tridiagonal(a: Float64Array, n: number) {
  const diagonal = new Float64Array(n);
  const below = new Float64Array(n);
  const u = new Float64Array(n);
  const p = new Float64Array(n);
  // The last row that is left is made zero but for its last two numbers, and falls away.
  for (let i = n - 1; i > 0; i--) {
    const own = i * n;
    diagonal[i] = a[own + i]!;
    let scale = 0;
    for (let j = 0; j < i; j++) scale = Math.max(scale, Math.abs(a[own + j]!));
    const onlyOne = i === 1 || scale === 0;
    below[i] = a[own + i - 1]!;
    if (onlyOne) continue;
    let square = 0;
    for (let j = 0; j < i; j++) {
      u[j] = a[own + j]! / scale;
      square += u[j]! * u[j]!;
    }
    const last = u[i - 1]!;
    const length = last >= 0 ? -Math.sqrt(square) : Math.sqrt(square);
    below[i] = scale * length;
    u[i - 1] = last - length;
    reflect(a, n, i, u, p, square - last * length);
  }
  diagonal[0] = a[0]!;
  return { diagonal, below };
}

/** `P A P` for the leading `size` rows and columns, `P = 1 - u uᵀ / h`; lower triangle only. */
function reflect(
  a: Float64Array,
  stride: number,
  size: number,
  u: Float64Array,
  p: Float64Array,
  h: number,
): void {
  p.fill(0, 0, size);
  for (let j = 0; j < size; j++) {
    const at = j * stride;
    const own = u[j]!;
    let sum = a[at + j]! * own;
    for (let k = 0; k < j; k++) {
      const x = a[at + k]!;
      sum += x * u[k]!;
      p[k]! += x * own;
    }
    p[j]! += sum;
  }
  let overlap = 0;
  for (let j = 0; j < size; j++) {
    p[j]! /= h;
    overlap += p[j]! * u[j]!;
  }
  overlap /= 2 * h;
  for (let j = 0; j < size; j++) p[j]! -= overlap * u[j]!;
  for (let j = 0; j < size; j++) {
    const at = j * stride;
    const [x, y] = [u[j]!, p[j]!];
    for (let k = 0; k <= j; k++) a[at + k]! -= x * p[k]! + y * u[k]!;
  }
}

/** Eigenvalues of three diagonals, in place of the diagonal. */
function implicitQl(d: Float64Array, e: Float64Array): void {
  const n = d.length;
  for (let i = 1; i < n; i++) e[i - 1] = e[i]!;
  e[n - 1] = 0;
  let largest = 0;
  for (let i = 0; i < n; i++) largest = Math.max(largest, Math.abs(d[i]!) + Math.abs(e[i]!));
  for (let low = 0; low < n; low++) {
    for (;;) {
      let m = low;
      // Negligible beside its neighbours, or beside the whole matrix: singular covariances have neighbours of zero.
      for (; m < n - 1; m++) {
        const near = Math.max(Math.abs(d[m]!) + Math.abs(d[m + 1]!), Number.EPSILON * largest);
        if (Math.abs(e[m]!) <= Number.EPSILON * near) break;
      }
      if (m === low) break;
      let g = (d[low + 1]! - d[low]!) / (2 * e[low]!);
      let r = Math.hypot(g, 1);
      g = d[m]! - d[low]! + e[low]! / (g + (g >= 0 ? r : -r));
      let [s, c, p] = [1, 1, 0];
      let i = m - 1;
      for (; i >= low; i--) {
        let f = s * e[i]!;
        const b = c * e[i]!;
        r = Math.hypot(f, g);
        e[i + 1] = r;
        if (r === 0) {
          d[i + 1]! -= p;
          e[m] = 0;
          break;
        }
        s = f / r;
        c = g / r;
        g = d[i + 1]! - p;
        f = (d[i]! - g) * s + 2 * c * b;
        p = s * f;
        d[i + 1] = g + p;
        g = c * f - b;
        r = f;
      }
      if (r === 0 && i >= low) continue;
      d[low]! -= p;
      e[low] = g;
      e[m] = 0;
    }
  }
}
