/**
 * Philox 4x32-10 (Salmon, Moraes, Dror, Shaw 2011, "Parallel random numbers: as easy as 1, 2, 3", §4.3): four words out for a
 * counter of four words under a key of two. Checked against Random123's known-answer vectors.
 *
 * Fills `out` with the blocks of counters (block, block+1, …; `counter[1..3]` fixed). `out.length` must be a multiple of 4.
 * The 32x32 -> 64 bit products are built from 16-bit halves with `Math.imul`, which compiles to plain integer code.
 */
export function philox(
  out: Uint32Array,
  block: number,
  c1: number,
  c2: number,
  c3: number,
  key0: number,
  key1: number,
): void {
  for (let at = 0, counter = block; at < out.length; at += 4, counter++) {
    let x0 = counter | 0;
    let x1 = c1 | 0;
    let x2 = c2 | 0;
    let x3 = c3 | 0;
    let k0 = key0 | 0;
    let k1 = key1 | 0;
    for (let round = 0; round < 10; round++) {
      // M0 = 0xD2511F53 times x0.
      let low = x0 & 0xffff;
      let high = x0 >>> 16;
      let t = (Math.imul(high, 0x1f53) + (Math.imul(low, 0x1f53) >>> 16)) | 0;
      let u = (Math.imul(low, 0xd251) + (t & 0xffff)) | 0;
      const high0 = (Math.imul(high, 0xd251) + (t >>> 16) + (u >>> 16)) | 0;
      const low0 = Math.imul(x0, 0xd2511f53);
      // M1 = 0xCD9E8D57 times x2.
      low = x2 & 0xffff;
      high = x2 >>> 16;
      t = (Math.imul(high, 0x8d57) + (Math.imul(low, 0x8d57) >>> 16)) | 0;
      u = (Math.imul(low, 0xcd9e) + (t & 0xffff)) | 0;
      const high1 = (Math.imul(high, 0xcd9e) + (t >>> 16) + (u >>> 16)) | 0;
      const low1 = Math.imul(x2, 0xcd9e8d57);
      x0 = high1 ^ x1 ^ k0;
      x1 = low1;
      x2 = high0 ^ x3 ^ k1;
      x3 = low0;
      k0 = (k0 + 0x9e3779b9) | 0;
      k1 = (k1 + 0xbb67ae85) | 0;
    }
    out[at] = x0;
    out[at + 1] = x1;
    out[at + 2] = x2;
    out[at + 3] = x3;
  }
}
