import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { MaestroError, type Json } from '@maestro/domain';
import fc from 'fast-check';
import { parsePushRequest, readPushRequest, type DefinitionFormat } from './index.js';

/** refusedOrRead: whatever comes in, callers see a value or a MaestroError with violations, nothing else. */
function refusedOrRead(act: () => unknown): void {
  try {
    act();
  } catch (error) {
    if (!(error instanceof MaestroError)) throw error;
    expect(error.violations.length).toBeGreaterThan(0);
  }
}

const fixture = (name: string): string => readFileSync(join(__dirname, '..', 'fixtures', name), 'utf8');

describe('hostile input', () => {
  test.each<[string, DefinitionFormat]>([
    ['samples/sample-foreach-wf.json', 'json'],
    ['samples/sample-signal-trigger-wf.json', 'json'],
    ['samples/sample-signal-trigger-wf.json', 'yaml'],
    ['samples/yaml/sample-conditional-wf.yaml', 'yaml'],
    ['dsl/sample-dsl-wf-1.yaml', 'yaml'],
  ])('%s with a piece replaced is read as %s or refused', (name, format) => {
    const text = fixture(name);
    const piece = fc.oneof(
      fc.string({ maxLength: 5 }),
      fc.constantFrom(
        '',
        'null',
        '[]',
        '{}',
        '1',
        '-1.5',
        '"x"',
        'true',
        '&a',
        '*a',
        '!!',
        '\n',
        '\t',
        ': ',
        '__proto__',
        'constructor',
      ),
    );
    fc.assert(
      fc.property(fc.nat(text.length), fc.nat(12), piece, (at, length, inserted) =>
        refusedOrRead(() => parsePushRequest(text.slice(0, at) + inserted + text.slice(at + length), format)),
      ),
      { numRuns: 60 },
    );
  });

  test('JSON values of any shape are refused', () => {
    const members = ['id', 'steps', 'params', 'tags', 'timeout', 'time_triggers', 'signal_triggers', '__proto__'];
    const value = fc.letrec<{ value: unknown }>((tie) => ({
      value: fc.oneof(
        { maxDepth: 4 },
        fc.oneof(fc.constant(null), fc.boolean(), fc.bigInt(), fc.double(), fc.string()),
        fc.array(tie('value'), { maxLength: 3 }),
        fc.dictionary(
          fc.constantFrom(...members, 'step', 'foreach', 'type', 'value', 'transition', 'successors', 'loop_params'),
          tie('value'),
        ),
      ),
    })).value;
    fc.assert(
      fc.property(value, (workflow) => refusedOrRead(() => readPushRequest({ workflow } as Json))),
      { numRuns: 500 },
    );
  });

  test.each<[string, DefinitionFormat, string]>([
    ['many aliases', 'yaml', `a: &a x\nb: [${'*a,'.repeat(80_000)}]`],
    ['many keys', 'yaml', Array.from({ length: 25_000 }, (_, index) => `k${index}: 1`).join('\n')],
    [
      'many unknown fields',
      'json',
      `{"workflow":{${Array.from({ length: 20_000 }, (_, index) => `"k${index}":1`).join(',')}}}`,
    ],
    ['a cycle of aliases', 'yaml', 'workflow: &a { id: w, steps: [*a] }'],
    ['a giant number', 'json', `{"workflow":{"timeout":${'9'.repeat(250_000)}}}`],
    [
      'a long row of a transition',
      'yaml',
      `workflow: { id: w, jobs: [{ job: { id: a, type: NoOp, transition: ["IF${' '.repeat(200_000)}x THE"] } }] }`,
    ],
  ])('%s take no longer than a moment', (_, format, text) => {
    const start = performance.now();
    refusedOrRead(() => parsePushRequest(text, format));
    expect(performance.now() - start).toBeLessThan(10_000);
  });
});
