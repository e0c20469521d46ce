import { errorOf, value } from '../testing/run.js';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

describe('UUID', () => {
  it('is a random UUID of version 4, made of the randomness of the environment', () => {
    expect(value('UUID u = UUID.randomUUID(); return u.toString();')).toMatch(UUID);
    expect(value('UUID.randomUUID().toString()')).toBe(value('UUID.randomUUID().toString()'));
  });

  it('is another one each time', () => {
    expect(value('UUID.randomUUID().equals(UUID.randomUUID())')).toBe(false);
    expect(value('u = UUID.randomUUID(); u.equals(u)')).toBe(true);
    expect(value("UUID.randomUUID().equals('x')")).toBe(false);
  });

  it('shows itself in texts', () => {
    expect(value("'id-' + UUID.randomUUID()")).toMatch(/^id-[0-9a-f-]{36}$/);
  });

  it('takes no argument', () => {
    expect(errorOf('UUID.randomUUID(null)').kind).toBe('method');
  });
});
