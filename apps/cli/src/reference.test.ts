import { checkedVersion, parseRun, parseStep, parseVersion } from './reference.js';

describe('names on the command line', () => {
  it('name a version with @', () => {
    expect(parseVersion('daily.load')).toEqual({ workflowId: 'daily.load' });
    expect(parseVersion('daily.load@latest')).toEqual({ workflowId: 'daily.load', version: 'latest' });
    expect(checkedVersion('@3')).toBe('3');
  });

  it('name a run and a step with /', () => {
    expect(parseRun('w/3')).toEqual({ workflowId: 'w', instance: '3', run: 'latest' });
    expect(parseStep('w/3/load', '2')).toEqual({ workflowId: 'w', instance: '3', run: '2', stepId: 'load' });
  });

  it.each(['', '@1', 'a@b@c', 'a@newest', 'a/1', 'a@0'])('refuse "%s" as a version', (text) => {
    expect(() => parseVersion(text)).toThrow(/write/);
  });

  it.each(['w', 'w/', 'w/x', 'w/0', 'w/1/s', '/1'])('refuse "%s" as a run', (text) => {
    expect(() => parseRun(text)).toThrow(/^"/);
  });
});
