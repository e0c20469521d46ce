import { rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '@maestro/testing';
import { removeRunFile, runningIn, writeRunFile, type RunFile } from './run-file.js';

const dataDir = temporaryFolder('run-file');
afterAll(() => rmSync(dataDir, { recursive: true }));

const run: RunFile = { pid: process.pid, status: 'ready', rest: 'http://127.0.0.1:1', dataDir, services: {} };

/** Linux gives no id above this. */
const NO_PROCESS = 4_194_305;

test('a Maestro that runs is found by its folder until it removes the file', () => {
  writeRunFile(run);
  expect(runningIn(dataDir)).toEqual(run);
  removeRunFile(dataDir);
  expect(runningIn(dataDir)).toBeUndefined();
});

test('the file of one that was killed counts as nothing', () => {
  writeRunFile({ ...run, pid: NO_PROCESS });
  expect(runningIn(dataDir)).toBeUndefined();
});

test('only its owner may read the file: it holds a password', () => {
  writeRunFile(run);
  expect(statSync(join(dataDir, 'run.json')).mode & 0o777).toBe(0o600);
});
