import type { Json, JsonObject } from '@maestro/domain';
import { definitionToJson, parseJsonText, readPushRequest, readStoredPushRequest } from './index.js';

const step = (id: string, more = {}): Json => ({ step: { id, type: 'NoOp', ...more } });
const pushed = (...steps: Json[]): Json => ({ workflow: { id: 'daily', steps } });

test.each([
  ['two steps of one id', pushed(step('a'), step('a'))],
  ['a type whose name is no longer allowed', pushed(step('a', { type: 'No blanks' }))],
  ['an id that is no longer allowed', { workflow: { id: 'no blanks', steps: [step('a')] } }],
])('a stored definition with %s is still read, though a push of it is refused', (_, json) => {
  expect(() => readPushRequest(json)).toThrow('the definition is not valid');
  expect(definitionToJson(readStoredPushRequest(json))).toMatchObject(json as JsonObject);
});

test('what is no definition at all is refused by path', () => {
  const json = parseJsonText('{"workflow": {"id": 1, "steps": []}}');
  expect(() => readStoredPushRequest(json)).toThrow('the stored definition is not valid: workflow.id: ');
});
