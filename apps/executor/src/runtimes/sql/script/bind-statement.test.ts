import type { Json } from '@maestro/domain';
import { bindStatement, type BoundStatement } from './bind-statement.js';
import { POSTGRES, TRINO } from './dialect.js';
import { splitScript } from './split-script.js';

const VALUES: Record<string, Json> = { a: 1n, b: "x'; drop table t; --", list: [1n, 2n] };
const bind = (sql: string, dialect = POSTGRES): BoundStatement => {
  const values = { byName: new Map(Object.entries(VALUES)), inOrder: Object.values(VALUES) };
  return bindStatement(splitScript(sql, dialect)[0]!, values, dialect);
};

it('a name becomes a place, and one that is named twice is sent once', () => {
  expect(bind('select :b, :a, :b')).toEqual({ text: 'select $1, $2, $1', values: [VALUES['b'], 1n] });
});

it('where places have no numbers every mention is sent', () => {
  expect(bind('select :b, :a, :b', TRINO)).toEqual({ text: 'select ?, ?, ?', values: [VALUES['b'], 1n, VALUES['b']] });
});

it('$2 is the second bind, wherever it stands', () => {
  expect(bind('select $2, :a')).toEqual({ text: 'select $1, $2', values: [VALUES['b'], 1n] });
});

it.each([
  ["select ':a', \":a\", 'it''s :a'"],
  ['select 1 -- :a\n + 2'],
  ['select 1 /* :a */ + 2'],
  ['select $$ :a $1 $$'],
  ["select '1'::int, x::text"],
  ['select f(a := 1)'],
  ['select a$1 from t'],
  ['select x[1:2]'],
])('%s has no place', (sql) => {
  expect(bind(sql)).toEqual({ text: sql, values: [] });
});

it('a cast of a bound value is both', () => {
  expect(bind('select :a::text').text).toBe('select $1::text');
});

it('a name without a value is told, with those that there are', () => {
  expect(() => bind('select 1,\n :nope')).toThrow(
    'line 1 names ":nope", which is no bind and no param of the step; there are a, b, list.',
  );
  expect(() => bind('select $4')).toThrow('"binds" has 3 values');
});
