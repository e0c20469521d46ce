import { readSecretReference, secretProblem, writeSecretReference } from './secret-reference.js';

test.each([
  ['secret://env/DB_PASSWORD', { provider: 'env', path: 'DB_PASSWORD' }],
  ['secret://file/db/password', { provider: 'file', path: 'db/password' }],
  ['secret://file/db.json#password', { provider: 'file', path: 'db.json', key: 'password' }],
  ['secret://kubernetes/team-a/db#password', { provider: 'kubernetes', path: 'team-a/db', key: 'password' }],
  ['secret://vault/secret/team-a/db#password', { provider: 'vault', path: 'secret/team-a/db', key: 'password' }],
])('%s is a reference', (text, reference) => {
  expect(readSecretReference(text)).toEqual(reference);
  expect(writeSecretReference(reference as never)).toBe(text);
  expect(secretProblem(text)).toBeUndefined();
});

test.each([
  ['secret://', 'no provider'],
  ['secret://aws/x', '"aws" is no provider'],
  ['secret://env', 'no provider'],
  ['secret://env/', 'the path ""'],
  ['secret://file/../etc/passwd', 'the path'],
  ['secret://file//etc/passwd', 'the path'],
  ['secret://file/a/.hidden', 'the path'],
  ['secret://env/A B', 'the path'],
  ['secret://vault/secret/db', 'need a #<key>'],
  ['secret://kubernetes/ns/db#', 'cannot be the key'],
  ['secret://env/A\n', 'the path'],
])('%j is refused: %s', (text, problem) => {
  expect(readSecretReference(text)).toContain(problem);
  expect(secretProblem(text)).toContain(problem);
});

test('a reference inside a longer text is a mistake, since it would stay a text', () => {
  expect(secretProblem('Bearer secret://env/TOKEN')).toContain('inside a longer text');
  expect(secretProblem('secret://env/A secret://env/B')).toContain('inside a longer text');
});

test('what is interpolated into a reference is known only later', () => {
  expect(secretProblem('secret://vault/secret/${team}/db#password')).toBeUndefined();
  expect(secretProblem('no reference at all')).toBeUndefined();
});
