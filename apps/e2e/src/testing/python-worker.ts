import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from '@maestro/testing';

const ROOT = repositoryRoot();
const VENV = join(ROOT, '.maestro', 'python-worker');
const PYTHON = join(VENV, 'bin', 'python');
const INSTALL_TIMEOUT_MS = 120_000;

/** PythonForWorkers is an interpreter that has what the Python library needs, or why there is none. */
export type PythonForWorkers =
  { readonly python: string; readonly env: Record<string, string> } | { readonly missing: string };

/** pythonForWorkers makes a virtual environment with grpcio and protobuf, once a checkout. */
export function pythonForWorkers(): PythonForWorkers {
  const env = { PYTHONPATH: join(ROOT, 'libs', 'worker-python', 'src'), PYTHONUNBUFFERED: '1' };
  try {
    if (!existsSync(PYTHON)) run('python3', ['-m', 'venv', VENV]);
    if (!isComplete()) run(PYTHON, ['-m', 'pip', 'install', '--quiet', 'grpcio>=1.50', 'protobuf>=4.21']);
    return { python: PYTHON, env };
  } catch (error) {
    return {
      missing: `no Python with grpcio: ${String(error instanceof Error ? error.message : error).split('\n')[0]}`,
    };
  }
}

function isComplete(): boolean {
  try {
    run(PYTHON, ['-c', 'import grpc, google.protobuf']);
    return true;
  } catch {
    return false;
  }
}

function run(command: string, args: readonly string[]): void {
  execFileSync(command, [...args], { stdio: 'pipe', timeout: INSTALL_TIMEOUT_MS });
}
