import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { repositoryRoot } from '@maestro/testing';

jest.setTimeout(120_000);

/** A canary is code that breaks a rule at a place where the rule holds. Each file exists; its text is replaced for lint alone. */
interface Canary {
  readonly file: string;
  readonly code: string;
}

const root = repositoryRoot();
const lines = (count: number, line: string): string => `${line}\n`.repeat(count);

const CANARIES = {
  'core imports platform': { file: 'libs/sel/src/index.ts', code: "export { migrate } from '@maestro/postgres';" },
  'platform imports core': { file: 'libs/config/src/index.ts', code: "export { parse } from '@maestro/sel';" },
  'core imports shell': {
    file: 'libs/engine/src/index.ts',
    code: "export { EvaluationPool } from '@maestro/evaluation';",
  },
  'platform imports shell': {
    file: 'libs/config/src/index.ts',
    code: "export { EvaluationPool } from '@maestro/evaluation';",
  },
  'shell imports wire': {
    file: 'libs/evaluation/src/index.ts',
    code: "export { paramsToProto } from '@maestro/wire';",
  },
  'a service imports a service': {
    file: 'apps/definition/src/compose.ts',
    code: "export { compose } from '@maestro/scheduler-service';",
  },
  'core imports a library that is not on its list': {
    file: 'libs/sel/src/index.ts',
    code: "export { Pool } from 'pg';",
  },
  'a file of 401 lines': { file: 'libs/config/src/index.ts', code: lines(401, 'void 0;') },
  'a function of 61 lines': {
    file: 'libs/config/src/index.ts',
    code: `export function long(): void {\n${lines(61, '  void 0;')}}`,
  },
  'files that import each other': {
    file: 'libs/config/src/nearest.ts',
    code: "import { readFlags } from './flags.js';\nexport const nearest = readFlags;",
  },
  'the environment read outside main.ts': {
    file: 'libs/config/src/index.ts',
    code: "export const home = process.env['HOME'];",
  },
  'the environment read in main.ts': { file: 'apps/dev/src/main.ts', code: "export const home = process.env['HOME'];" },
  'core reads the clock': { file: 'libs/engine/src/index.ts', code: 'export const now = Date.now();' },
  'core makes the present date': { file: 'libs/engine/src/index.ts', code: 'export const now = new Date();' },
  'core draws a random number': { file: 'libs/engine/src/index.ts', code: 'export const random = Math.random();' },
  'core waits': { file: 'libs/engine/src/index.ts', code: 'export async function wait(): Promise<void> {}' },
  'core uses a module of Node': { file: 'libs/engine/src/index.ts', code: "export { readFileSync } from 'node:fs';" },
  'code uses the testing library': {
    file: 'libs/config/src/index.ts',
    code: "export { waitUntil } from '@maestro/testing';",
  },
  'an RPC imports an adapter': {
    file: 'apps/definition/src/rpc/push-workflow.ts',
    code: "export * as adapter from '../adapters/postgres/workflow.js';",
  },
  'a use case imports an adapter': {
    file: 'apps/definition/src/usecases/push-workflow.ts',
    code: "export * as adapter from '../adapters/postgres/workflow.js';",
  },
  'a port imports a use case': {
    file: 'apps/definition/src/ports/clock.ts',
    code: "export * as act from '../usecases/push-workflow.js';",
  },
  'a rule is switched off by a comment': {
    file: 'libs/config/src/index.ts',
    code: "/* eslint-disable */\nexport const home = process.env['HOME'];",
  },
} satisfies Record<string, Canary>;
type CanaryName = keyof typeof CANARIES;

/** ESLint's configuration is an ES module, which jest cannot load; so one process of its own lints all canaries. */
const LINT_SCRIPT = `
  const { ESLint } = require('eslint');
  (async () => {
    const eslint = new ESLint();
    const broken = {};
    for (const [name, { file, code }] of Object.entries(JSON.parse(process.argv[1]))) {
      const [result] = await eslint.lintText(code, { filePath: file });
      broken[name] = result.messages.map(({ ruleId, message }) => ruleId ?? message);
    }
    process.stdout.write(JSON.stringify(broken));
  })();`;

let broken: Readonly<Record<CanaryName, readonly string[]>>;

beforeAll(async () => {
  // Without the project graph the rule on module boundaries only warns, and everything would pass.
  await promisify(execFile)(join(root, 'node_modules', '.bin', 'nx'), ['show', 'projects'], {
    cwd: root,
    env: { ...process.env, NX_DAEMON: 'false' },
  });
  const args = ['-e', LINT_SCRIPT, JSON.stringify(CANARIES)];
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: root });
  broken = JSON.parse(stdout) as typeof broken;
});

test.each([
  ['core imports platform', '@nx/enforce-module-boundaries'],
  ['platform imports core', '@nx/enforce-module-boundaries'],
  ['core imports shell', '@nx/enforce-module-boundaries'],
  ['platform imports shell', '@nx/enforce-module-boundaries'],
  ['shell imports wire', '@nx/enforce-module-boundaries'],
  ['a service imports a service', '@nx/enforce-module-boundaries'],
  ['core imports a library that is not on its list', '@nx/enforce-module-boundaries'],
  ['a file of 401 lines', 'max-lines'],
  ['a function of 61 lines', 'max-lines-per-function'],
  ['files that import each other', 'import-x/no-cycle'],
  ['the environment read outside main.ts', 'n/no-process-env'],
  ['core reads the clock', 'no-restricted-syntax'],
  ['core makes the present date', 'no-restricted-syntax'],
  ['core draws a random number', 'no-restricted-syntax'],
  ['core waits', 'no-restricted-syntax'],
  ['core uses a module of Node', 'no-restricted-imports'],
  ['code uses the testing library', 'no-restricted-imports'],
  ['an RPC imports an adapter', 'no-restricted-imports'],
  ['a use case imports an adapter', 'no-restricted-imports'],
  ['a port imports a use case', 'no-restricted-imports'],
  ['a rule is switched off by a comment', 'n/no-process-env'],
] as const)('lint refuses: %s', (name, rule) => {
  expect(broken[name]).toContain(rule);
});

test('main.ts of an app may read the environment', () => {
  expect(broken['the environment read in main.ts']).not.toContain('n/no-process-env');
});
