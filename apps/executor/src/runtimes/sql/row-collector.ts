import type { KeptRows, Row } from './sql-engine.js';

/** How much of all kept rows together, and of one cell, goes into an artifact, in characters. */
const MAX_KEPT_CHARS = 200_000;
const MAX_CELL_CHARS = 4_000;

/** RowCollector keeps the first rows of a result within bounds and counts the rest. */
export class RowCollector {
  count = 0n;
  private readonly rows: Row[] = [];
  private first: Row | undefined;
  private chars = 0;
  private truncated = false;

  constructor(private readonly maxRows: number) {}

  add(row: Row): void {
    this.count += 1n;
    this.first ??= row;
    if (this.rows.length >= this.maxRows || this.chars >= MAX_KEPT_CHARS) {
      this.truncated = true;
      return;
    }
    this.rows.push(row.map((cell) => this.shortened(cell)));
  }

  kept(): KeptRows {
    return { rows: this.rows, first: this.first, truncated: this.truncated };
  }

  private shortened(cell: string | null): string | null {
    if (cell === null) return null;
    const room = Math.min(MAX_CELL_CHARS, Math.max(0, MAX_KEPT_CHARS - this.chars));
    this.chars += Math.min(cell.length, room);
    if (cell.length <= room) return cell;
    this.truncated = true;
    return `${cell.slice(0, room)}…`;
  }
}
