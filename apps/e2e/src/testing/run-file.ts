import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** RunFile is `<data-dir>/run.json`, as apps/dev writes it: the same that the CLI reads. */
export interface RunFile {
  readonly pid: number;
  readonly status: string;
  readonly rest: string;
  readonly postgresUrl?: string;
  readonly natsUrl?: string;
  readonly services: Readonly<
    Record<string, { readonly pid: number; readonly grpc?: string; readonly metrics: string; readonly log: string }>
  >;
}

/** readRunFile is what runs on a data folder, or undefined. */
export function readRunFile(dataDir: string): RunFile | undefined {
  const file = join(dataDir, 'run.json');
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as RunFile) : undefined;
}
