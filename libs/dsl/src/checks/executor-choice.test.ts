import { parsePushRequest } from '../parse.js';

const definition = (params: string): string =>
  `{"properties": {"owner": "ada"}, "workflow": {"id": "w", "steps": [{"step": {"id": "a", "type": "NoOp", "params": {${params}}}}]}}`;

test.each([
  '"executor_pool": {"type": "STRING", "value": "gpu"}',
  '"executor_labels": {"type": "STRING_ARRAY", "value": ["gpu"]}',
])('%s is taken', (params) => {
  expect(parsePushRequest(definition(params), 'json').workflow.steps).toHaveLength(1);
});

test.each([
  ['"executor_pool": {"type": "LONG", "value": 1}', 'must be a STRING, not a LONG'],
  ['"executor_labels": {"type": "STRING_MAP", "value": {}}', 'must be a STRING_ARRAY or STRING, not a STRING_MAP'],
])('%s is refused', (params, said) => {
  expect(() => parsePushRequest(definition(params), 'json')).toThrow(said);
});
