import { expressionScope } from './expression-scope.js';
import { ReferenceResolver } from './reference-resolver.js';
import type { ParamScope } from './scope.js';
import { NO_OWN_PARAMS } from './tools.js';

const scope: ParamScope = {
  stepId: 'me',
  workflowParams: { m: { definition: { type: 'MAP' }, evaluatedResult: { a: { b: 1n } }, evaluatedTime: 0 } },
};

describe('expressionScope', () => {
  it('converts a map once, however often and in whatever way an expression names it', () => {
    const view = expressionScope(scope, new ReferenceResolver(scope, NO_OWN_PARAMS));
    const map = view.lookup('m');
    expect(map).toEqual(new Map([['a', new Map([['b', 1n]])]]));
    expect(view.lookup('m')).toBe(map);
    expect(view.call('get', ['m'])).toBe(map);
  });
});
