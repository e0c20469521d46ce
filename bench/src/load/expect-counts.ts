import type { RunDatabase, RunRange, StatusCounts } from './run-database.js';

/** VoidFigure says that a work did not do what it should have: its time means nothing. */
export class VoidFigure extends Error {
  override readonly name = 'VoidFigure';
}

/** Expected is what must be in the database after a sample, by status. */
export interface Expected {
  readonly runs: StatusCounts;
  readonly steps: StatusCounts;
}

/** expectCounts fails with VoidFigure unless the runs and steps of the range are exactly what is expected. */
export async function expectCounts(database: RunDatabase, range: RunRange, expected: Expected): Promise<void> {
  compare('runs', await database.runCounts(range), expected.runs);
  compare('steps', await database.stepCounts(range), expected.steps);
}

function compare(what: string, found: StatusCounts, expected: StatusCounts): void {
  const [a, b] = [text(found), text(expected)];
  if (a !== b) throw new VoidFigure(`${what}: expected ${b}, found ${a}`);
}

function text(counts: StatusCounts): string {
  const parts = Object.entries(counts).map(([status, count]) => `${count} ${status}`);
  return parts.length === 0 ? 'none' : parts.sort().join(', ');
}
