import { randomBytes } from 'node:crypto';
import { sealWith } from './seal.js';

const [former, present] = [randomBytes(32), randomBytes(32)];

test('what is sealed shows nothing, differs each time, and is opened by the same key', () => {
  const seal = sealWith([present]);
  const sealed = seal.close('whsec_secret');
  expect(sealed).not.toContain('secret');
  expect(seal.close('whsec_secret')).not.toBe(sealed);
  expect(seal.open(sealed)).toBe('whsec_secret');
});

test('a former key still opens, another one does not, and what was changed is refused', () => {
  const sealed = sealWith([former]).close('secret');
  expect(sealWith([present, former]).open(sealed)).toBe('secret');
  expect(() => sealWith([present]).open(sealed)).toThrow('MAESTRO_NOTIFIER_SECRET_KEYS');
  expect(() => sealWith([former]).open(`${sealed.slice(0, -6)}AAAA==`)).toThrow();
});

test('without a key secrets stay as they are, and are found when there is one later', () => {
  const plain = sealWith([]).close('a:b');
  expect(sealWith([present]).open(plain)).toBe('a:b');
});
