import type { Progress } from '../progress.js';
import type { Products } from './products.js';
import { meanRow, type Rows } from './rows.js';

/** Squared Euclidean distances between some rows of one set and some of another, row-major. */
export interface DistanceBlock {
  readonly row: number;
  readonly rows: number;
  readonly column: number;
  readonly columns: number;
  readonly squared: Float64Array;
}

const blockRows = 1024;
const blockColumns = 2048;

/** Room for a block of rows in float64, and for their squared lengths. Used over and over: gigabytes of blocks go by. */
interface Room {
  readonly block: Float64Array;
  readonly squares: Float64Array;
}

const roomFor = (rows: number, size: number): Room => ({
  block: new Float64Array(rows * size),
  squares: new Float64Array(rows),
});

/** Rows `from` … of a set in float64, moved by `-shift`, and their squared lengths: views of the room. */
function shiftedBlock(room: Room, set: Rows, from: number, count: number, shift: Float64Array): Room {
  const { size, data } = set;
  const { block, squares } = room;
  for (let i = 0, at = 0, source = from * size; i < count; i++) {
    let sum = 0;
    for (let j = 0; j < size; j++, at++, source++) {
      const x = (data[source] as number) - shift[j]!;
      block[at] = x;
      sum += x * x;
    }
    squares[i] = sum;
  }
  return { block: block.subarray(0, count * size), squares: squares.subarray(0, count) };
}

/**
 * All squared distances between the rows of `a` and of `b`, block by block, so that memory does not grow with their product. With
 * `a === b` each pair of rows comes once or more: blocks on the diagonal whole, of the others only those above it.
 *
 * A block's numbers are valid during the visit only. |x|² + |y|² - 2xy, about the mean of `a`: what cancels there is small, and what rounding leaves below zero counts as zero.
 */
export async function eachDistanceBlock(
  a: Rows,
  b: Rows,
  products: Products,
  visit: (block: DistanceBlock) => void,
  progress?: Progress,
): Promise<void> {
  const shift = meanRow(a);
  const same = a === b;
  const width = same ? blockRows : blockColumns;
  const total = Math.ceil(a.count / blockRows) * Math.ceil(b.count / width);
  const leftRoom = roomFor(Math.min(blockRows, a.count), a.size);
  const rightRoom = roomFor(Math.min(width, b.count), a.size);
  const distances = new Float64Array(leftRoom.squares.length * rightRoom.squares.length);
  let done = 0;
  for (let row = 0; row < a.count; row += blockRows) {
    const rows = Math.min(blockRows, a.count - row);
    const left = shiftedBlock(leftRoom, a, row, rows, shift);
    for (let column = 0; column < b.count; column += width) {
      done += 1;
      if (same && column < row) continue;
      const columns = Math.min(width, b.count - column);
      const right = same && row === column ? left : shiftedBlock(rightRoom, b, column, columns, shift);
      const product = await products.cross(left.block, right.block, a.size);
      const squared = distances.subarray(0, rows * columns);
      for (let i = 0, at = 0; i < rows; i++) {
        const own = left.squares[i]!;
        for (let j = 0; j < columns; j++, at++) {
          squared[at] = Math.max(0, own + right.squares[j]! - 2 * (product[at] as number));
        }
      }
      visit({ row, rows, column, columns, squared });
      progress?.(done, total);
    }
  }
}
