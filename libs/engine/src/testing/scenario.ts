import type { Breakpoint } from '../breakpoint.js';
import type { EngineEvent } from '../event.js';
import { parseDefinition } from './parse-definition.js';
import { parseEvent } from './parse-event.js';
import { printDecision } from './print-decision.js';
import { SimulatedRun, START } from './simulated-run.js';

const MARK = '----';

/**
 * replay plays a scenario and gives its whole text with what happened below the mark. Above it: comments (`#`), a definition, and
 * events, one decision a line: `+MILLIS event & event`. `+` is the time since the line before.
 */
export function replay(text: string): string {
  const script = text.split(`\n${MARK}`)[0]?.trimEnd() ?? '';
  const lines = script.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('#'));
  const definition = parseDefinition(lines.filter((line) => !line.startsWith('+')));
  const run = new SimulatedRun(definition.workflow, definition);
  let at = START;
  const happened = lines
    .filter((line) => line.startsWith('+'))
    .flatMap((line) => {
      const [, millis, acts = ''] = /^\+(\d+) (.*)$/.exec(line) ?? [];
      at += Number(millis);
      return play(run, acts, at);
    });
  return `${script}\n\n${MARK}\n${happened.join('\n')}\n`;
}

function play(run: SimulatedRun, acts: string, at: number): string[] {
  if (acts.startsWith('pool ')) {
    run.room = acts === 'pool free';
    return [];
  }
  if (acts.startsWith('breakpoint ')) {
    run.breakpoints = breakpointsOf(acts);
    return [];
  }
  const before = run.state.header;
  const events = acts.split(' & ').flatMap((act) => eventsOf(run, act, at));
  const decision = run.decide(events);
  const title = `${at - START} ${acts}: ${decision.verdicts.join(', ')}`;
  return [title, ...printDecision(run.plan, before, decision)];
}

/** `breakpoint a b instance=2`: from now on these are there, of instance 2; `breakpoint none` takes all away. */
function breakpointsOf(acts: string): readonly Breakpoint[] {
  const words = acts.split(' ').slice(1);
  const of = Object.fromEntries(
    words
      .filter((word) => word.includes('='))
      .map((word) => [word.split('=')[0] ?? '', BigInt(word.split('=')[1] ?? '')]),
  );
  const ids = words.filter((word) => !word.includes('=') && word !== 'none');
  return ids.map((stepId) => ({ stepId, ...of, createdBy: 'ann', createTime: START }));
}

function eventsOf(run: SimulatedRun, act: string, at: number): EngineEvent[] {
  return act === 'evaluate' ? run.answers(at) : [parseEvent(act, { plan: run.plan, state: run.state, at })];
}
