import type { Step } from '@maestro/domain';
import { stepGraph } from './index.js';

const noOp = (id: string, ...next: string[]): Step => ({
  kind: 'step',
  id,
  type: 'NoOp',
  transition: { successors: Object.fromEntries(next.map((each) => [each, 'true'])) },
});

describe('the graph of steps', () => {
  test('orders every step after its predecessors', () => {
    const graph = stepGraph([noOp('end'), noOp('b', 'end'), noOp('a', 'b', 'c'), noOp('c', 'end')]);
    expect(graph).toMatchObject({ order: ['a', 'b', 'c', 'end'] });
    if ('message' in graph) throw new Error(graph.message);
    expect(graph.predecessors.get('end')).toEqual(['b', 'c']);
    expect(graph.successors.get('a')).toEqual(['b', 'c']);
  });

  test('spells a cycle out, without the steps that only lead to it or away from it', () => {
    const steps = [noOp('start', 'x'), noOp('x', 'y'), noOp('y', 'z'), noOp('z', 'x', 'after'), noOp('after')];
    const violation = stepGraph(steps);
    expect(violation).toMatchObject({ path: 'steps' });
    expect('message' in violation && violation.message).toMatch(
      /^steps form a cycle: (x -> y -> z -> x|y -> z -> x -> y|z -> x -> y -> z)$/,
    );
  });

  test('sees a step that follows itself', () => {
    expect(stepGraph([noOp('a', 'a')])).toMatchObject({ message: 'steps form a cycle: a -> a' });
  });

  test('leaves out successors that do not exist', () => {
    expect(stepGraph([noOp('a', 'nowhere')])).toMatchObject({ order: ['a'] });
  });
});
