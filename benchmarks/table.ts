/** Lines of a table with aligned columns: text to the left, numbers to the right. */
export function table(header: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const cells = [
    header,
    ...rows.map((row) => row.map((cell) => (typeof cell === 'number' ? cell.toFixed(1) : cell))),
  ];
  const widths = header.map((_, column) => Math.max(...cells.map((row) => (row[column] ?? '').length)));
  const line = (row: readonly string[], isHeader: boolean) =>
    row
      .map((cell, column) => {
        const isNumber = !isHeader && typeof rows[0]?.[column] === 'number';
        return isNumber ? cell.padStart(widths[column] as number) : cell.padEnd(widths[column] as number);
      })
      .join('  ')
      .trimEnd();
  const [first, ...rest] = cells as [string[], ...string[][]];
  return [
    line(first, true),
    widths.map((width) => '-'.repeat(width)).join('  '),
    ...rest.map((row) => line(row, false)),
  ].join('\n');
}
