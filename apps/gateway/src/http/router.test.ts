import type { Handler } from './route.js';
import { act, read } from './route.js';
import { Router } from './router.js';

const nothing: Handler = () => Promise.reject(new Error('not called'));
const router = new Router([
  read('/w/{id}', nothing),
  read('/w/{id}/versions/{version}', nothing),
  read('/w/{id}/versions/pagination', nothing),
  act('DELETE', '/w/{id}', nothing),
  act('POST', '/w/yaml', nothing),
]);
const found = (method: string, path: string) => {
  const { route, params } = router.match(method, path);
  return [route.path, params];
};

describe('the router', () => {
  it('prefers literal segments to variables and decodes variables', () => {
    expect(found('GET', '/w/a%2Fb/versions/pagination')).toEqual(['/w/{id}/versions/pagination', { id: 'a/b' }]);
    expect(found('GET', '/w/a/versions/7')).toEqual(['/w/{id}/versions/{version}', { id: 'a', version: '7' }]);
  });

  it('takes a variable where the literal has no such method: a workflow may be called yaml', () => {
    expect(found('DELETE', '/w/yaml')).toEqual(['/w/{id}', { id: 'yaml' }]);
    expect(found('POST', '/w/yaml')).toEqual(['/w/yaml', {}]);
  });

  it('knows neither empty segments nor longer paths', () => {
    for (const path of ['/w/', '/w', '/w/a/versions', '/w/a/versions/1/2', '//w/a'])
      expect(() => router.match('GET', path)).toThrow(/^There is no GET /);
  });

  it('refuses a table with two routes of one method and path, or two names of one variable', () => {
    expect(() => new Router([read('/a', nothing), read('/a', nothing)])).toThrow('two routes for GET /a');
    expect(() => new Router([read('/a/{x}', nothing), read('/a/{y}/b', nothing)])).toThrow('{y} is {x} elsewhere');
  });
});
