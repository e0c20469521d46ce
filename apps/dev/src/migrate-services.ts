import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Environment } from './service-environment.js';
import type { ServiceName } from './services.js';

/** MigrateInput says which services to migrate and how to run them. */
export interface MigrateInput {
  readonly services: readonly ServiceName[];
  readonly root: string;
  readonly environmentOf: (service: ServiceName) => Environment;
}

/** migrateServices brings the schema of every service that has one up to date, side by side: they share nothing. */
export async function migrateServices(input: MigrateInput): Promise<void> {
  const owners = input.services.filter((service) => existsSync(join(input.root, 'apps', service, 'migrations')));
  await Promise.all(owners.map((service) => migrateService(service, input)));
}

async function migrateService(service: ServiceName, { root, environmentOf }: MigrateInput): Promise<void> {
  const args = ['--enable-source-maps', join(root, 'apps', service, 'dist', 'main.js'), '--migrate'];
  try {
    await promisify(execFile)(process.execPath, args, { env: environmentOf(service), cwd: root });
  } catch (error) {
    const { stderr = '', stdout = '' } = error as { readonly stderr?: string; readonly stdout?: string };
    throw new Error(`the migrations of ${service} failed:\n${`${stdout}${stderr}`.trim() || String(error)}`, {
      cause: error,
    });
  }
}
