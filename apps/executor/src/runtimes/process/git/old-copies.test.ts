import { mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { removeOldCopies } from './old-copies.js';

const DAY_MS = 86_400_000;

it('copies that nobody has used for a month are removed', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'maestro-copies-'));
  const now = Date.now();
  for (const [name, days] of [
    ['used', 29],
    ['unused', 31],
  ] as const) {
    mkdirSync(join(folder, name));
    utimesSync(join(folder, name), new Date(now), new Date(now - days * DAY_MS));
  }
  await removeOldCopies(folder, now);
  expect(readdirSync(folder)).toEqual(['used']);
  rmSync(folder, { recursive: true });
});

it('a folder that is not there holds none', async () => {
  await expect(removeOldCopies('/no/such/folder', Date.now())).resolves.toBeUndefined();
});
