import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';

/** startExecutorProcess runs the real program in a process of its own, bundled as it is shipped; `name` keeps bundles apart. */
export function startExecutorProcess(name: string, env: Readonly<Record<string, string>>): ChildProcess {
  const main = join(__dirname, '../../dist', name, 'main.js');
  const esbuild = require.resolve('esbuild/bin/esbuild');
  const built = spawnSync(esbuild, [
    join(__dirname, '../main.ts'),
    '--bundle',
    '--platform=node',
    '--conditions=maestro-source',
    '--external:pg-native',
    // It loads native addons.
    '--external:dockerode',
    `--outfile=${main}`,
  ]);
  if (built.status !== 0) throw new Error(built.stderr.toString());
  return spawn(process.execPath, [main], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { PATH: process.env['PATH'], MAESTRO_LOG_LEVEL: 'error', ...env },
  });
}
