import { execFileSync } from 'node:child_process';
import { mkdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from './repository.js';

let built: string | undefined;

/** evaluationWorker gives the script of the threads that evaluate expressions, bundled from the sources as they are now. */
export function evaluationWorker(): string {
  built ??= build();
  return built;
}

/** Other test processes may do the same at this moment: the file comes into being whole. */
function build(): string {
  const root = repositoryRoot();
  const folder = join(root, 'libs', 'evaluation', 'dist');
  mkdirSync(folder, { recursive: true });
  const own = `evaluation-worker.${process.pid}.js`;
  execFileSync(process.execPath, [join(root, 'apps/dev/bin/build.cjs'), '--worker', `libs/evaluation/dist/${own}`]);
  const script = join(folder, 'evaluation-worker.js');
  renameSync(join(folder, own), script);
  renameSync(join(folder, `${own}.map`), `${script}.map`);
  return script;
}
