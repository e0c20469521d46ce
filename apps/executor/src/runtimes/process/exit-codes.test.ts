import { readExitCodes } from './exit-codes.js';

it.each([
  [0, null, 'DONE'],
  [1, null, 'USER_ERROR'],
  [127, null, 'USER_ERROR'],
  [75, null, 'PLATFORM_ERROR'],
  [null, 'SIGKILL', 'PLATFORM_ERROR'],
  [null, 'SIGSEGV', 'USER_ERROR'],
])('without rules, code %s and signal %s are %s', (code, signal, outcome) => {
  expect(readExitCodes(undefined).outcomeOf(code, signal)).toBe(outcome);
});

it('rules go before the defaults, the narrower before the wider', () => {
  const codes = readExitCodes({ '0-9': 'fatal', '3': 'success', '75': 'user', SIGKILL: 'timeout', '4-5': 'platform' });
  const outcomes = [0, 3, 4, 9, 10, 75].map((code) => codes.outcomeOf(code, null));
  expect(outcomes).toEqual(['FATAL_ERROR', 'DONE', 'PLATFORM_ERROR', 'FATAL_ERROR', 'USER_ERROR', 'USER_ERROR']);
  expect(codes.outcomeOf(null, 'SIGKILL')).toBe('TIMED_OUT');
});

it.each([
  [{ x: 'user' }, '"x"'],
  [{ '300': 'user' }, '"300"'],
  [{ '9-3': 'user' }, '"9-3"'],
  [{ '3': 'constructor' }, 'success, user'],
  [{ '3': 1n }, '"3"'],
])('%j is refused with its place', (param, said) => {
  expect(() => readExitCodes(param)).toThrow(said);
});
