import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { scratchFolderName, sweepScratch } from './scratch.js';

it('what killed executors left behind is removed, what living ones use is kept', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'maestro-scratch-'));
  const dead = spawnSync('true').pid;
  for (const pid of [dead, process.pid])
    mkdirSync(join(folder, scratchFolderName('ex-1', pid), 'attempt'), { recursive: true });
  mkdirSync(join(folder, 'somebody-elses'));
  await sweepScratch(folder);
  expect(readdirSync(folder).sort()).toEqual([scratchFolderName('ex-1', process.pid), 'somebody-elses'].sort());
  rmSync(folder, { recursive: true });
});
