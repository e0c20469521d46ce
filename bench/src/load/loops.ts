/** The largest number of iterations that a foreach may run at a time. */
export const MOST_ITERATIONS_AT_ONCE = 500;

/** foreachOf is a workflow of one foreach whose iterations are one step each; their number is a product, which is counted, not written. */
export function foreachOf(id: string, iterations: number, type: string): object {
  const thousands = Math.ceil(iterations / 1_000);
  const longs = (count: number): object => ({ value: Array.from({ length: count }, (_, n) => n), type: 'LONG_ARRAY' });
  const loop = { inner: longs(iterations / thousands), outer: longs(thousands) };
  const foreach = {
    id: 'each',
    params: { loop_params: { value: loop, type: 'MAP' } },
    concurrency: MOST_ITERATIONS_AT_ONCE,
    steps: [{ step: { id: 'one', type } }],
  };
  return { properties: { owner: 'bench', run_strategy: 'parallel' }, workflow: { id, steps: [{ foreach }] } };
}
