import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findGateway } from './address.js';

describe('the address of the gateway', () => {
  const clone = mkdtempSync(join(tmpdir(), 'maestro-cli-'));
  const deep = join(clone, 'a', 'b');
  mkdirSync(deep, { recursive: true });
  mkdirSync(join(clone, '.maestro'));
  const file = join(clone, '.maestro', 'run.json');
  writeFileSync(file, JSON.stringify({ pid: 1, rest: 'http://127.0.0.1:8123' }));
  afterAll(() => rmSync(clone, { recursive: true }));

  it('is what --url says before anything else', () => {
    const found = findGateway({ url: 'http://host:1/' }, { env: { MAESTRO_URL: 'http://other' }, cwd: deep });
    expect(found).toEqual({ url: 'http://host:1', source: '--url' });
  });

  it('is MAESTRO_URL before the file of npm start, also without http://', () => {
    const found = findGateway({}, { env: { MAESTRO_URL: 'host:1' }, cwd: deep });
    expect(found).toEqual({ url: 'http://host:1', source: 'MAESTRO_URL' });
  });

  it('is where npm start of the closest folder above runs', () => {
    expect(findGateway({}, { env: {}, cwd: deep })).toEqual({ url: 'http://127.0.0.1:8123', source: file });
  });

  it('is where npm start of a named data folder runs', () => {
    const env = { MAESTRO_DATA_DIR: '../../.maestro' };
    expect(findGateway({}, { env, cwd: deep }).url).toBe('http://127.0.0.1:8123');
    expect(findGateway({ dataDir: '.' }, { env, cwd: deep }).source).toBe('the default address');
  });

  it('is the default address when a file is cut short', () => {
    writeFileSync(join(deep, 'run.json'), '{"rest": "http://');
    expect(findGateway({ dataDir: deep }, { env: {}, cwd: '/' }).url).toBe('http://127.0.0.1:8080');
  });

  it('is refused when it is none', () => {
    expect(() => findGateway({ url: 'http://' }, { env: {}, cwd: '/' })).toThrow('--url: "http://" is no address');
  });
});
