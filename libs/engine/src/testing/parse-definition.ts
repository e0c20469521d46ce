import type {
  FailureMode,
  LeafStep,
  ParamDefinition,
  ParamDefinitions,
  ParamMode,
  ParamType,
  RetryPolicy,
  Step,
  Workflow,
} from '@maestro/domain';

type Writable<T> = { -readonly [K in keyof T]: T[K] };
type StepDraft = Omit<Writable<LeafStep>, 'params'> & { params: Record<string, ParamDefinition> };

/** ParsedDefinition is the head of a scenario: a workflow, and the params that its start request carries. */
export interface ParsedDefinition {
  readonly workflow: Workflow;
  readonly runParams: ParamDefinitions;
  readonly stepRunParams: Readonly<Record<string, ParamDefinitions>>;
  /** Tags for which a limit is set. */
  readonly limited: readonly string[];
}

/**
 * parseDefinition reads the small language of scenario heads: `timeout`, `limited TAG ..`, `workflow JSON` for any other field of the
 * workflow, `param`, `run-param`, `step-run-param STEP`, and `step ID TYPE` with its indented `-> ID [if CONDITION]`, `param`, `loop`, `failure`, `limit`, `backoff`, `timeout`, and `set JSON` for
 * any other field.
 */
export function parseDefinition(lines: readonly string[]): ParsedDefinition {
  const head = new DefinitionParser();
  for (const line of lines) head.line(line);
  return head.parsed();
}

/** What a step of one of these types has besides what it says itself. */
const CONTAINERS: Readonly<Record<string, Partial<Step>>> = {
  foreach: { kind: 'foreach', steps: [] },
  while: { kind: 'while', condition: 'false', steps: [] },
  subworkflow: { kind: 'subworkflow' },
  template: { kind: 'template' },
};

class DefinitionParser {
  private readonly params: Record<string, ParamDefinition> = {};
  private readonly runParams: Record<string, ParamDefinition> = {};
  private readonly stepRunParams: Record<string, Record<string, ParamDefinition>> = {};
  private readonly steps: StepDraft[] = [];
  private limited: readonly string[] = [];
  private timeout: string | undefined;
  private more: Partial<Workflow> = {};

  line(line: string): void {
    const [word, rest] = cut(line.trim());
    const step = line.startsWith(' ') ? this.steps.at(-1) : undefined;
    if (step) this.stepLine(step, word, rest);
    else this.workflowLine(word, rest);
  }

  parsed(): ParsedDefinition {
    const steps = this.steps.map((step): Step => ({ ...CONTAINERS[step.type], ...step }));
    const timeout = this.timeout === undefined ? {} : { timeout: this.timeout };
    const workflow = { id: 'scenario', params: this.params, steps, ...timeout, ...this.more };
    return { workflow, runParams: this.runParams, stepRunParams: this.stepRunParams, limited: this.limited };
  }

  private workflowLine(word: string, rest: string): void {
    if (word === 'timeout') this.timeout = rest;
    else if (word === 'limited') this.limited = rest.split(' ');
    else if (word === 'workflow') this.more = JSON.parse(rest) as Partial<Workflow>;
    else if (word === 'param') addParam(this.params, rest);
    else if (word === 'run-param') addParam(this.runParams, rest);
    else if (word === 'step-run-param') {
      const [id, param] = cut(rest);
      addParam((this.stepRunParams[id] ??= {}), param);
    } else if (word === 'step') {
      const [id, type] = cut(rest);
      this.steps.push({ kind: (CONTAINERS[type]?.kind ?? 'step') as 'step', id, type, params: {} });
    } else throw new Error(`a scenario head has no ${word}`);
  }

  private stepLine(step: StepDraft, word: string, rest: string): void {
    if (word === '->') addEdge(step, rest);
    else if (word === 'param') addParam(step.params, rest);
    else if (word === 'loop') addLoopParam(step.params, rest);
    else if (word === 'set') Object.assign(step, JSON.parse(rest));
    else if (word === 'failure') step.failureMode = rest as FailureMode;
    else if (word === 'timeout') step.timeout = rest;
    else if (word === 'limit') step.retryPolicy = { ...step.retryPolicy, ...pairs(rest, 'RetryLimit') };
    else if (word === 'backoff') step.retryPolicy = { ...step.retryPolicy, backoff: backoff(rest) };
    else throw new Error(`a step of a scenario has no ${word}`);
  }
}

/** `loop NAME TYPE = LITERAL`: one of the params that a loop goes over. */
function addLoopParam(params: Record<string, ParamDefinition>, rest: string): void {
  const known = params['loop_params'];
  const loop = { ...(known?.type === 'MAP' ? known.value : {}) };
  addParam(loop, rest);
  params['loop_params'] = { type: 'MAP', value: loop };
}

function addEdge(step: StepDraft, rest: string): void {
  const [to, condition = 'true'] = rest.split(' if ');
  step.transition = { successors: { ...step.transition?.successors, [to ?? '']: condition } };
}

/** `fixed error=10` or `exponential error=10 exponent=3 cap=100`; the last two are those of the error class. */
function backoff(text: string): NonNullable<RetryPolicy['backoff']> {
  const [type, rest] = cut(text);
  const { exponent, cap, ...bases } = Object.fromEntries(rest.split(' ').map((pair) => pair.split('='))) as Record<
    string,
    string
  >;
  const base = Object.fromEntries(Object.entries(bases).map(([name, value]) => [`${name}RetryBackoffInSecs`, value]));
  if (type === 'fixed') return { type: 'FIXED_BACKOFF', ...base };
  return {
    type: 'EXPONENTIAL_BACKOFF',
    ...base,
    ...(exponent === undefined ? {} : { errorRetryExponent: exponent }),
    ...(cap === undefined ? {} : { errorRetryLimitInSecs: cap }),
  };
}

function pairs(text: string, suffix: string): Record<string, string> {
  return Object.fromEntries(
    text.split(' ').map((pair) => {
      const [name, value = ''] = pair.split('=');
      return [`${name}${suffix}`, value];
    }),
  );
}

/** addParam reads `NAME TYPE [MODE] = LITERAL` or `NAME TYPE [MODE] := EXPRESSION`; `long:N` stands for N letters. */
export function addParam(params: Record<string, ParamDefinition>, text: string): void {
  const [, name, type, mode, colon, value] = /^(\S+) ([A-Z_]+)(?: ([A-Z_]+))? (:?)= (.*)$/.exec(text) ?? [];
  if (name === undefined || value === undefined) throw new Error(`not a param: ${text}`);
  params[name] = {
    type: type as ParamType,
    ...(mode === undefined ? {} : { mode: mode as ParamMode }),
    ...(colon === ':' ? { expression: value } : { value: literal(type as ParamType, value) }),
  } as ParamDefinition;
}

function literal(type: ParamType, text: string): unknown {
  if (text.startsWith('long:')) return 'x'.repeat(Number(text.slice('long:'.length)));
  if (type === 'LONG') return BigInt(text);
  if (type === 'LONG_ARRAY') return (JSON.parse(text) as number[]).map(BigInt);
  if (type === 'BOOLEAN') return text === 'true';
  return type === 'STRING' || type === 'DOUBLE' ? text : (JSON.parse(text) as unknown);
}

/** cut gives the first word and the rest of a line. */
export function cut(text: string): [string, string] {
  const at = text.indexOf(' ');
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1).trim()];
}
