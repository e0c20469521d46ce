import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { repositoryRoot } from '@maestro/testing';

jest.setTimeout(60_000);

const root = repositoryRoot();
const CHANGED = 'proto/maestro/types/v1/alerting.proto';
let copy: string;

beforeEach(() => {
  copy = mkdtempSync(join(tmpdir(), 'maestro-contracts-'));
  for (const path of ['buf.yaml', 'proto', 'third_party'])
    cpSync(join(root, path), join(copy, path), { recursive: true });
});
afterEach(() => rmSync(copy, { recursive: true }));

/** Asks as the check of `npm test` does; resolves with what is broken. */
async function broken(change: (proto: string) => string): Promise<string> {
  writeFileSync(join(copy, CHANGED), change(readFileSync(join(copy, CHANGED), 'utf8')));
  const args = ['breaking', 'proto', '--against', 'proto/baseline.binpb'];
  return promisify(execFile)(join(root, 'node_modules', '.bin', 'buf'), args, { cwd: copy }).then(
    () => '',
    (error: unknown) => {
      const { stdout, stderr } = error as { readonly stdout: string; readonly stderr: string };
      return stdout + stderr;
    },
  );
}

test('a field that is added breaks nobody', async () => {
  expect(await broken((proto) => proto.replace('users = 1;', 'users = 1;\n  string added = 90;'))).toBe('');
});

test.each([
  ['another number', 'users = 91;', 'users'],
  ['another type', 'users = 1;', 'type'],
])('a released field with %s is refused', async (what, field, message) => {
  const from = /repeated string users = 1;/;
  const type = what === 'another type' ? 'int64' : 'string';
  expect(await broken((proto) => proto.replace(from, `repeated ${type} ${field}`))).toContain(message);
});
