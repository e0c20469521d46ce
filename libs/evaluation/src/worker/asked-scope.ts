import { receiveMessageOnPort, type MessagePort } from 'node:worker_threads';
import { HostError } from '@maestro/sel';
import type { ParamScope } from '@maestro/params';
import { CELL, type Question, type ScopeAnswer, type ScopeData } from '../messages.js';
import { PORTS } from '../scope-data.js';

/** An evaluation may ask this many different questions: each costs the other thread a moment. */
const MAX_QUESTIONS = 10_000;

/** These answer differently each time. */
const FRESH: ReadonlySet<string> = new Set([`${PORTS}nextUniqueId`]);

/** ScopeDefect ends a job whose scope threw what no expression is meant to see. */
export class ScopeDefect extends Error {
  override readonly name = 'ScopeDefect';
}

type Answers = (question: Question) => unknown;

/** askedScope is a scope whose functions are answered by the thread that asked for the evaluation. */
export function askedScope(data: ScopeData, asking: MessagePort, cells: Int32Array): ParamScope {
  const { functions, ...values } = data;
  const ask = remembered((question) => askOver(asking, cells, question));
  const stubs = (names: readonly string[], prefix: string): object =>
    Object.fromEntries(
      names.map((name) => [name, (...args: Question['args']) => ask({ fn: `${prefix}${name}`, args })]),
    );
  const ports = functions.filter((name) => name.startsWith(PORTS)).map((name) => name.slice(PORTS.length));
  const own = functions.filter((name) => !name.startsWith(PORTS));
  return { ...values, ...stubs(own, ''), ...(ports.length === 0 ? {} : { functions: stubs(ports, PORTS) }) };
}

/** What was answered once is not asked again. */
function remembered(ask: Answers): Answers {
  const known = new Map<string, unknown>();
  let asked = 0;
  return (question) => {
    const key = JSON.stringify(question);
    if (known.has(key)) return known.get(key);
    asked += 1;
    if (asked > MAX_QUESTIONS) throw new HostError(`more than ${MAX_QUESTIONS} params are asked for`, 'limit');
    const answer = ask(question);
    if (!FRESH.has(question.fn)) known.set(key, answer);
    return answer;
  };
}

/** The thread stands still until the other one has written its answer and said so in the shared cell. */
function askOver(asking: MessagePort, cells: Int32Array, question: Question): unknown {
  Atomics.store(cells, CELL.answered, 0);
  asking.postMessage(question);
  Atomics.wait(cells, CELL.answered, 0);
  const received = receiveMessageOnPort(asking) as { readonly message: ScopeAnswer } | undefined;
  if (received === undefined) throw new ScopeDefect('the answer of the scope was lost');
  const answer = received.message;
  if (answer.kind === 'value') return answer.value;
  if (answer.kind === 'error') throw new HostError(answer.message, answer.errorKind, answer.unknownName);
  throw new ScopeDefect(answer.message);
}
