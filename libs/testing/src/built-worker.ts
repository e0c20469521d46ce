import { execFileSync } from 'node:child_process';
import { mkdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from './repository.js';

const built = new Map<string, string>();

/** builtWorker bundles the script of a worker once in this process; `project` is where it goes. */
export function builtWorker(name: string, project: string): string {
  const script = built.get(name) ?? build(name, project);
  built.set(name, script);
  return script;
}

/** Other test processes may do the same at this moment: the file comes into being whole. */
function build(name: string, project: string): string {
  const root = repositoryRoot();
  const folder = join(root, project, 'dist', 'testing');
  mkdirSync(folder, { recursive: true });
  const own = `${name}.${process.pid}.js`;
  execFileSync(process.execPath, [
    join(root, 'apps/dev/bin/build.cjs'),
    ...['--worker', name, join(project, 'dist', 'testing', own)],
  ]);
  const script = join(folder, `${name}.js`);
  renameSync(join(folder, own), script);
  renameSync(join(folder, `${own}.map`), `${script}.map`);
  return script;
}
