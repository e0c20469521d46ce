import { readSqlConnections } from './connections.js';
import { sqlEngines } from './engines.js';

const never = () => {
  throw new Error('not asked for');
};

it('every bad key of a file is named at once', () => {
  const read = () =>
    readSqlConnections({
      warehouse: { type: 'postgres', url: 'mysql://x' },
      files: { type: 'duckdb', memory: 'much', thread: 1 },
      'a b': { type: 'trino', url: 'http://trino' },
    });
  for (const said of ['warehouse.url', 'files.memory', '"thread"', 'a b']) expect(read).toThrow(said);
});

it('what a file leaves out is the careful choice', () => {
  expect(readSqlConnections({ files: { type: 'duckdb' } })).toEqual({
    files: { type: 'duckdb', read_only: false, memory: '1GB', threads: 2, folders: [], external_access: false },
  });
});

it('an empty file has no connections', () => {
  expect(readSqlConnections(null)).toEqual({});
});

it('a connection is found by its tenants only, and those of others are not named', async () => {
  const connections = readSqlConnections({
    open: { type: 'postgres', url: 'postgres://h/open' },
    theirs: { type: 'postgres', url: 'secret://env/URL', tenants: ['b'] },
  });
  const asked: string[] = [];
  const resolve = (text: string): Promise<string> => {
    asked.push(text);
    return Promise.resolve('postgres://h/theirs');
  };
  const { connect } = sqlEngines({ connections, resolve, duckdb: never, trino: never });
  await expect(connect('theirs', 'a')).rejects.toThrow('no SQL connection "theirs" for tenant "a"; it has open (');
  await expect(connect('constructor', 'a')).rejects.toMatchObject({ outcome: 'FATAL_ERROR' });
  await connect('theirs', 'b');
  expect(asked).toEqual(['secret://env/URL']);
});
