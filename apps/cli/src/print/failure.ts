import { MaestroError } from '@maestro/domain';
import { ApiError } from '../api/api-error.js';
import { ConnectionError } from '../api/connection-error.js';
import type { Cli, ExitCode } from '../cli.js';
import { UsageError } from '../errors.js';
import { nextStep } from './next-step.js';

/** reportFailure tells a person what went wrong and what to do, and says how the program ends. */
export function reportFailure(cli: Pick<Cli, 'terminal' | 'colors'>, error: unknown): ExitCode {
  const { terminal, colors } = cli;
  terminal.err(`${colors.red('error:')} ${messageOf(error)}\n`);
  for (const line of detailsOf(error)) terminal.err(`  ${line}\n`);
  const hint = hintOf(error);
  if (hint !== undefined) terminal.err(`${colors.dim('next:')} ${hint}\n`);
  return error instanceof UsageError ? 2 : 1;
}

function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const known = [ApiError, ConnectionError, UsageError, MaestroError].some((type) => error instanceof type);
  // What nobody foresaw is a defect of ours: the stack says where.
  return known || 'syscall' in error ? error.message : (error.stack ?? error.message);
}

function detailsOf(error: unknown): readonly string[] {
  if (!(error instanceof ApiError)) return [];
  const several = error.violations.length > 1 || error.details.length > 0;
  const violations = several
    ? error.violations
    : error.violations.filter(({ message }) => !error.message.includes(message));
  return [...violations.map(({ path, message }) => (path === '' ? message : `${path}: ${message}`)), ...error.details];
}

function hintOf(error: unknown): string | undefined {
  if (error instanceof ApiError) return nextStep(error.code);
  if (!(error instanceof ConnectionError)) return undefined;
  return error.reason === 'ECONNREFUSED'
    ? 'start Maestro with "npm start" in its folder, or name another address with --url or MAESTRO_URL.'
    : 'check the address: --url, MAESTRO_URL or --data-dir.';
}
