import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runParamsOf, typesIn } from './run-params.js';

const unknown = (): undefined => undefined;
const given = (...param: string[]) => runParamsOf({ param }, unknown);

describe('params of the command line', () => {
  it.each([
    ['n=5', { value: 5n, type: 'LONG' }],
    ['n=-9223372036854775808', { value: -9223372036854775808n, type: 'LONG' }],
    ['n=1.10', { value: '1.10', type: 'DOUBLE' }],
    ['n=true', { value: true, type: 'BOOLEAN' }],
    ['n=', { value: '', type: 'STRING' }],
    ['n=a=b', { value: 'a=b', type: 'STRING' }],
    ['n=[1,2]', { value: [1n, 2n], type: 'LONG_ARRAY' }],
    ['n=["a"]', { value: ['a'], type: 'STRING_ARRAY' }],
    ['n={"a":"b"}', { value: { a: 'b' }, type: 'STRING_MAP' }],
    ['n={"a":1}', { value: { a: { value: 1n, type: 'LONG' } }, type: 'MAP' }],
    ['n={not json', { value: '{not json', type: 'STRING' }],
  ])('%s is what it looks like', (text, param) => {
    expect(given(text)).toEqual({ n: param });
  });

  it.each([
    ['n<string>=5', { value: '5', type: 'STRING' }],
    ['n<double>=5', { value: '5', type: 'DOUBLE' }],
    ['n<array<long>>=1,2', { value: [1n, 2n], type: 'LONG_ARRAY' }],
    ['n<array<string>>=[1, "b"]', { value: ['1', 'b'], type: 'STRING_ARRAY' }],
    ['n<map>={"a":"b"}', { value: { a: 'b' }, type: 'STRING_MAP' }],
  ])('%s is what its name says', (text, param) => {
    expect(given(text)).toEqual({ n: param });
  });

  it('are what the definition says when the name says nothing', () => {
    const typeOf = typesIn({ workflow: { params: { day: { type: 'STRING' }, ratio: { type: 'double' } } } });
    expect(runParamsOf({ param: ['day=20260501', 'ratio=1', 'other=1'] }, typeOf)).toEqual({
      day: { value: '20260501', type: 'STRING' },
      ratio: { value: '1', type: 'DOUBLE' },
      other: { value: 1n, type: 'LONG' },
    });
  });

  it.each([
    ['n', 'write <name>=<value>'],
    ['n<int>=5', '"int" is no type'],
    ['n<long>=5.5', 'the param n is LONG, a whole number; "5.5" is not'],
    ['n=9223372036854775808', 'at most 64 bits'],
    ['n<boolean>=yes', 'the param n is BOOLEAN, true or false; "yes" is not'],
    ['n<map>=5', 'a JSON object'],
  ])('%s is refused', (text, message) => {
    expect(() => given(text)).toThrow(message);
  });

  it('come from a file, too, and the command line wins', () => {
    const folder = mkdtempSync(join(tmpdir(), 'maestro-cli-'));
    const file = join(folder, 'params.yaml');
    writeFileSync(
      file,
      'big: 9007199254740993\ntexts<array<string>>: []\nday: { type: STRING, expression: now }\nn: 1\n',
    );
    expect(runParamsOf({ param: ['n=2'], paramFile: file }, unknown)).toEqual({
      big: { value: 9007199254740993n, type: 'LONG' },
      texts: { value: [], type: 'STRING_ARRAY' },
      day: { type: 'STRING', expression: 'now' },
      n: { value: 2n, type: 'LONG' },
    });
    rmSync(folder, { recursive: true });
  });
});
