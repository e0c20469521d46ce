import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runDev } from './dev.js';

describe('dev', () => {
  it('hands all flags to the script of npm start and ends as it ends', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'maestro-cli-'));
    const script = join(folder, 'start.cjs');
    const written = join(folder, 'argv');
    const text = `require('fs').writeFileSync(${JSON.stringify(written)}, process.argv.slice(2).join(' ')); process.exit(3);`;
    writeFileSync(script, text);
    expect(await runDev(['--rest-port', '0', '--help'], script)).toBe(3);
    expect(readFileSync(written, 'utf8')).toBe('--rest-port 0 --help');
    rmSync(folder, { recursive: true });
  });
});
