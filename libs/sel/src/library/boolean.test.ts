import { errorOf, value } from '../testing/run.js';

describe('BOOLEAN', () => {
  it.each([
    ["new Boolean('TRUE')", true],
    ["new Boolean('yes')", false],
    ['new Boolean(true)', true],
    ["Boolean.valueOf('true')", true],
    ['Boolean.valueOf(false)', false],
    ["Boolean.parseBoolean('True')", true],
    ['Boolean.toString(true)', 'true'],
    ['Boolean.TRUE && !Boolean.FALSE', true],
    ['true.toString()', 'true'],
    ['true.booleanValue()', true],
    ["true.equals('true')", false],
  ])('%s', (text, expected) => {
    expect(value(text)).toBe(expected);
  });

  it.each(['new Boolean(1)', 'Boolean.valueOf(null)', 'Boolean.parseBoolean(true)'])('%s is a type error', (text) => {
    expect(errorOf(text).kind).toBe('type');
  });
});
