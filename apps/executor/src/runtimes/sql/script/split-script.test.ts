import fc from 'fast-check';
import { POSTGRES, TRINO } from './dialect.js';
import { splitScript } from './split-script.js';
import { tokensOf } from './tokens.js';

const texts = (sql: string, dialect = POSTGRES): string[] =>
  splitScript(sql, dialect).map(({ tokens }) => tokens.map(({ text }) => text).join(''));

it('statements end at semicolons, and the last one needs none', () => {
  expect(texts('select 1;\n select 2 ; ;select 3')).toEqual(['select 1', 'select 2', 'select 3']);
});

it.each([
  ["select ';', ';;''' ; x"],
  ['select ";" ; x'],
  [`select E'it\\'s;' ; x`],
  ['select $$ ; $$ ; x'],
  ['select $a$ ; $b$ ; $$ ; $a$ ; x'],
  ['select 1 -- ; \n ; x'],
  ['select 1 /* ; /* ; */ ; */ ; x'],
  ['create rule r as on insert to t do (select 1; select 2) ; x'],
  ['create function f() returns int language sql begin atomic select case when true then 1 end; select 2; end ; x'],
])('%s are two statements', (sql) => {
  expect(texts(sql)).toHaveLength(2);
  expect(texts(sql)[1]).toBe('x');
});

it('BEGIN alone is a statement of its own', () => {
  expect(texts('begin; insert into t values (1); end; commit')).toHaveLength(4);
});

it('a quote that is not closed goes on to the end', () => {
  expect(texts("select 'a; select 2")).toEqual(["select 'a; select 2"]);
  expect(texts('select 1 /* a; select 2')).toHaveLength(1);
});

it('in Trino comments do not nest, a backslash escapes nothing, and a dollar quotes nothing', () => {
  expect(texts('select 1 /* /* ; */ ; x', TRINO)).toHaveLength(2);
  expect(texts("select E'\\' ; x", TRINO)).toHaveLength(2);
  expect(texts('select $$ ; $$', TRINO)).toHaveLength(2);
});

it('each statement knows its line and its verb', () => {
  const statements = splitScript('-- first\nselect 1;\n\n\nINSERT into t\nvalues (1)', POSTGRES);
  expect(statements.map(({ line, verb }) => [line, verb])).toEqual([
    [2, 'SELECT'],
    [5, 'INSERT'],
  ]);
});

it('comments alone are no statement', () => {
  expect(texts('-- nothing\n; /* here */')).toEqual([]);
});

it('the tokens of any text are the text', () => {
  const pieces = fc.constantFrom(
    "'",
    '"',
    '$',
    '$a$',
    ';',
    ':',
    ':a',
    '--',
    '\n',
    '/*',
    '*/',
    'e',
    'E',
    '\\',
    ' ',
    'é',
    '(',
  );
  const script = fc.array(fc.oneof(pieces, fc.string())).map((parts) => parts.join(''));
  fc.assert(
    fc.property(script, fc.constantFrom(POSTGRES, TRINO), (sql, dialect) => {
      expect([...tokensOf(sql, dialect)].map(({ text }) => text).join('')).toBe(sql);
    }),
  );
});
