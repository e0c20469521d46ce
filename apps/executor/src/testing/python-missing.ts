import { spawnSync } from 'node:child_process';

/** pythonMissing says what a machine lacks for tests of Python steps: python3 with venv, and pip or ensurepip; undefined = nothing. */
export function pythonMissing(): string | undefined {
  if (!works('import sys')) return 'python3 is not on PATH';
  if (!works('import venv')) return 'python3 has no module venv';
  if (!works('import pip') && !works('import ensurepip')) return 'python3 has neither pip nor ensurepip';
  return undefined;
}

function works(statement: string): boolean {
  return spawnSync('python3', ['-c', statement], { stdio: 'ignore' }).status === 0;
}
