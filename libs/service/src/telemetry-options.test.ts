import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { VERSION } from './telemetry-options.js';

test('services say the version that their package has', () => {
  const text = readFileSync(join(__dirname, '..', 'package.json'), 'utf8');
  expect(VERSION).toBe((JSON.parse(text) as { version: string }).version);
});
