import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { replay } from './testing/scenario.js';

const FOLDER = join(__dirname, '..', 'scenarios');
const REWRITE = process.env['UPDATE_SCENARIOS'] === '1';

test.each(readdirSync(FOLDER).filter((name) => name.endsWith('.txt')))('scenario %s happens as written', (name) => {
  const file = join(FOLDER, name);
  const text = readFileSync(file, 'utf8');
  const replayed = replay(text);
  if (REWRITE) writeFileSync(file, replayed);
  else expect(replayed).toBe(text);
});
