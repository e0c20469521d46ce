import { MaestroError } from '@maestro/domain';
import type { Selector } from '../ports/selector.js';

const NUMBER = /^[1-9]\d{0,17}$/;

/** parseSelector reads `active`, `latest`, `default` or a version number; empty text is `default`. Throws INVALID_REQUEST. */
export function parseSelector(text: string): Selector {
  const word = text.trim().toLowerCase();
  if (word === '') return 'default';
  if (word === 'active' || word === 'latest' || word === 'default') return word;
  if (NUMBER.test(word)) return BigInt(word);
  throw new MaestroError(
    'INVALID_REQUEST',
    `"${text}" names no version. Give active, latest, default or a number from 1.`,
    {
      violations: [{ path: 'version', message: 'must be active, latest, default or a number from 1' }],
    },
  );
}
