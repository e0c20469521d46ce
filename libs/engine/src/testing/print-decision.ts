import type { Command, Decision, TimelineEntry } from '../decision.js';
import type { RunHeader, StepState } from '../state.js';
import type { Plan } from '../plan.js';
import { START } from './simulated-run.js';

/** printDecision shows what a decision did, a line per fact, for people to review. */
export function printDecision(plan: Plan, before: RunHeader, decision: Decision): string[] {
  const { change, commands } = decision;
  return [
    ...(change ? printRun(before, change.header) : []),
    ...(change?.steps ?? []).map((step) => `  ${printStep(plan, step)}`),
    ...(change?.timeline ?? []).map((entry) => `  ${printTimeline(plan, entry)}`),
    ...(change?.dueAt === undefined ? [] : [`  wake at ${change.dueAt - START}`]),
    ...commands.map((command) => `  > ${printCommand(plan, command)}`),
  ];
}

function printRun(before: RunHeader, after: RunHeader): string[] {
  const ending = after.ending && after.ending !== before.ending ? ` ending ${after.ending.status}` : '';
  const evaluation = after.evaluation && after.evaluation !== before.evaluation ? ' evaluating params' : '';
  const backlog = after.backlog ? ` backlog ${after.backlog.length}` : '';
  if (before.status === after.status && ending === '' && backlog === '' && evaluation === '') return [];
  return [`  run ${after.status}${ending}${evaluation}${backlog}`];
}

function printStep(plan: Plan, step: StepState): string {
  const facts = [
    step.dispatch > 0 ? `dispatch ${step.dispatch}` : '',
    step.claimedBy === undefined ? '' : `by ${step.claimedBy}`,
    step.cancelling ? `cancelling to ${step.cancelling.target}` : '',
    step.evaluating === undefined ? '' : `evaluating ${step.evaluating}`,
    step.loop ? `loop ${JSON.stringify(step.loop)}` : '',
    step.child ? `child ${JSON.stringify(step.child)}` : '',
    step.signals ? `signals ${JSON.stringify(step.signals, exact)}` : '',
    step.taken ? `to ${step.taken.map((to) => plan.steps[to]?.id).join(' ') || 'nobody'}` : '',
    step.dueAt === undefined ? '' : `due at ${step.dueAt - START}`,
    printParams(step),
  ];
  return [`${plan.steps[step.ordinal]?.id}#${step.attempt}`, step.status, ...facts].filter((fact) => fact).join(' ');
}

function printParams(step: StepState): string {
  const values = Object.entries(step.params ?? {}).map(([name, { evaluatedResult }]) => {
    const text = typeof evaluatedResult === 'object' ? JSON.stringify(evaluatedResult, exact) : String(evaluatedResult);
    return `${name}=${text.length > 40 ? `${text.length} characters` : text}`;
  });
  return values.length > 0 ? `[${values.join(' ')}]` : '';
}

function printTimeline(plan: Plan, { ordinal, event }: TimelineEntry): string {
  const whose = ordinal === undefined ? 'run' : plan.steps[ordinal]?.id;
  const text = event.type === 'ACTION' ? `${event.action} by ${event.author}` : 'message' in event ? event.message : '';
  return `note ${whose}: ${text}`;
}

function printCommand(plan: Plan, command: Command): string {
  if (command.type === 'continue' || command.type === 'evaluate-run') return command.type;
  if (command.type === 'finish-run') return `finish-run ${command.status}`;
  if (command.type === 'tell-parent') return `tell-parent ${JSON.stringify(command.event, exact)}`;
  const id = `${plan.steps[command.ordinal]?.id}#${command.attempt}`;
  if (command.type === 'start-iterations') return `start-iterations ${id} ${ranges(command.indexes)}`;
  if (command.type === 'end-children') return `end-children ${id} ${command.reason}`;
  if (command.type === 'tell-children') return `tell-children ${id} ${command.event.type}`;
  if (command.type === 'recall-iterations') return `recall-iterations ${id} ${JSON.stringify(command.ask)}`;
  if (command.type === 'start-child') return `start-child ${id}`;
  if (command.type === 'open-waits' || command.type === 'close-waits' || command.type === 'announce')
    return `${command.type} ${id}`;
  if (command.type === 'evaluate') return `evaluate ${id} ${command.phase}`;
  if (command.type === 'request-permits')
    return `request-permits ${id} ${command.tags.map(({ name, limit }) => (limit === undefined ? name : `${name}<=${limit}`)).join(' ')}`;
  const executor =
    command.type === 'cancel-attempt' && command.executorId !== undefined ? ` at ${command.executorId}` : '';
  return `${command.type} ${id}/${command.dispatch}${executor}`;
}

/** Long lists are shown by their ends. */
function ranges(indexes: readonly number[]): string {
  return indexes.length > 8 ? `${indexes[0]}..${indexes.at(-1)}` : indexes.join(' ');
}

function exact(_: string, value: unknown): unknown {
  return typeof value === 'bigint' ? String(value) : value;
}
