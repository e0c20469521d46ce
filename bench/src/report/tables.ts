import type { Floor } from '../machine/floor.js';
import type { WorkResult } from '../run-work.js';
import { median } from '../statistics.js';
import { verdict } from './verdict.js';

const LEFT_COLUMNS = 1;

/** table aligns rows under their heads: the first column to the left, numbers to the right, the last column as it is. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => {
          if (column === row.length - 1) return cell;
          return column < LEFT_COLUMNS ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0);
        })
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** figuresTable shows every figure: median, smallest and largest, target and verdict. */
export function figuresTable(results: readonly WorkResult[]): string {
  const head = ['work', 'median', 'min', 'max', 'unit', 'target', 'verdict'];
  return table([head, ...results.flatMap(figureRows)]);
}

function figureRows({ work, samples, problem }: WorkResult): string[][] {
  return work.figures.map((figure) => {
    const values = samples.map((sample) => sample.values[figure.key] ?? Number.NaN);
    const target = `${figure.better === 'less' ? '<=' : '>='} ${number(figure.target)}`;
    if (problem !== undefined) return [figure.key, '-', '-', '-', figure.unit, target, `VOID: ${problem}`];
    const middle = median(values);
    const cells = [middle, Math.min(...values), Math.max(...values)].map(number);
    return [figure.key, ...cells, figure.unit, target, verdict(figure, middle)];
  });
}

/** number shows three digits that count, and all of a large number; a dash for what could not be divided. */
export function number(value: number): string {
  if (!Number.isFinite(value)) return '-';
  return Math.abs(value) >= 100 ? Math.round(value).toLocaleString('en-US') : String(Number(value.toPrecision(3)));
}

/** cpuTable shows the CPU seconds of every process per 1,000 steps, and the share of the machine that others took. */
export function cpuTable(results: readonly WorkResult[], cores: number): string {
  const parts = [...new Set(results.flatMap(({ cpu }) => Object.keys(cpu.byPart)))];
  const rows = results.map((result) => {
    const thousands = result.samples.reduce((sum, { steps }) => sum + steps, 0) / 1_000;
    const perPart = parts.map((part) => perThousand(result.cpu.byPart[part] ?? 0, thousands));
    const sum = Object.values(result.cpu.byPart).reduce((total, used) => total + used, 0);
    return [result.work.name, ...perPart, perThousand(sum, thousands), othersShare(result, cores)];
  });
  return table([['work', ...parts, 'sum', 'others (share of the machine)'], ...rows]);
}

function perThousand(seconds: number, thousands: number): string {
  return thousands === 0 ? '-' : (seconds / thousands).toFixed(3);
}

function othersShare(result: WorkResult, cores: number): string {
  return result.seconds === 0 ? '-' : `${(100 * shareOfOthers(result, cores)).toFixed(0)} %`;
}

function shareOfOthers({ cpu, seconds }: WorkResult, cores: number): number {
  return seconds === 0 ? 0 : cpu.others / (seconds * cores);
}

/** Above this share of the machine, other programs change the figures by more than the repetitions differ. */
const TOO_BUSY = 0.05;

/** othersWarning names the works during which other programs were busy; empty when there are none. */
export function othersWarning(results: readonly WorkResult[], cores: number): string {
  const busy = results.filter((result) => shareOfOthers(result, cores) > TOO_BUSY).map(({ work }) => work.name);
  return busy.length === 0
    ? ''
    : `\n\nwarning: other programs were busy during ${busy.join(', ')}: do not trust these figures`;
}

/** commitsTable shows how the scheduler grouped its work into transactions and what these took. */
export function commitsTable(results: readonly WorkResult[]): string {
  const rows = results.map(({ work, commits: { commits, inputs, commitMs, decideMs } }) => [
    work.name,
    number(commits),
    number(inputs / commits),
    number(commitMs / commits),
    number((1_000 * decideMs) / inputs),
    '',
  ]);
  return table([['work', 'commits', 'inputs/commit', 'ms/commit', 'deciding us/input', ''], ...rows]);
}

/** floorLines shows what this machine can do at best. */
export function floorLines(floor: Floor): string {
  return [
    "This machine's floor, medians on one connection, measured in this run:",
    `  one row inserted and flushed to disk (fsync)  ${floor.commit.toFixed(3)} ms`,
    `  select 1 (Postgres round trip)                ${floor.roundTrip.toFixed(3)} ms`,
    `  NATS request and reply                        ${floor.request.toFixed(3)} ms`,
  ].join('\n');
}
