import { artifactsOf, outputsOf } from '../../testing/runtime-context.js';
import { readOutputDocument } from '../../runtimes/output-document.js';
import { merged, resultWith } from './merge-output-data.js';

const document = (value: object) => readOutputDocument(Buffer.from(JSON.stringify(value)));
const NOTHING = { params: {}, artifacts: {} };

it('later documents replace params, merge maps key by key, and merge artifacts', () => {
  const first = merged(
    NOTHING,
    document({
      params: { n: 1, tags: { type: 'STRING_MAP', value: { a: '1', b: '2' } }, kept: 'x' },
      artifacts: { mine: { a: 1, b: 2 }, list: [1] },
    }),
  );
  const second = merged(
    first,
    document({
      params: { n: 2, tags: { type: 'STRING_MAP', value: { b: '3' } } },
      artifacts: { mine: { b: 3 }, list: [2] },
    }),
  );
  expect(second.params).toEqual({
    n: { type: 'LONG', value: 2n },
    tags: { type: 'STRING_MAP', value: { a: '1', b: '3' } },
    kept: { type: 'STRING', value: 'x' },
  });
  expect(second.artifacts).toEqual({ mine: { a: 1n, b: 3n }, list: [2n] });
});

it('what a step says at its end is over what it put before', () => {
  const before = merged(NOTHING, document({ params: { n: 1, early: true }, artifacts: { a: { x: 1 } } }));
  const ended = resultWith({ outcome: 'DONE', ...document({ params: { n: 2 } }) }, before);
  expect(outputsOf(ended)).toEqual({ n: { type: 'LONG', value: 2n }, early: { type: 'BOOLEAN', value: true } });
  expect(artifactsOf(ended)).toEqual({ a: { x: 1n } });
});
