import type { Task } from '@maestro/proto/maestro/executor/v1/task';
import type { Runtime, RuntimeContext, RuntimeResult } from '../runtime.js';
import { prepareScript, runScript, type StatementEnd } from './run-script.js';
import { sqlCallOf, type SqlCall } from './sql-call.js';
import type { SqlEngine } from './sql-engine.js';
import { failed, sqlFailed, sqlResult } from './sql-result.js';

/** SqlSettings is what Sql steps need of their executor. */
export interface SqlSettings {
  /** The engine behind a name, for a tenant. Throws or rejects with an SqlFailure when there is none. */
  connect(name: string, tenant: string): Promise<SqlEngine>;
}

/** sql runs the statements of a step on a connection of this executor. */
export function sql(settings: SqlSettings): Runtime {
  return { type: 'Sql', takesSlot: true, start: (task, context) => start(settings, task, context) };
}

async function start(settings: SqlSettings, task: Task, context: RuntimeContext): Promise<RuntimeResult> {
  const ends: StatementEnd[] = [];
  let call: SqlCall | undefined;
  try {
    call = sqlCallOf(task, context.attemptId);
    const engine = await settings.connect(call.connection, task.tenant);
    await run(engine, call, context, (end) => ends.push(end));
    return sqlResult(call, ends);
  } catch (error) {
    if (context.signal.aborted) return { outcome: 'STOPPED' };
    return call === undefined ? failed(error) : sqlFailed(call, ends, error);
  }
}

async function run(
  engine: SqlEngine,
  call: SqlCall,
  context: RuntimeContext,
  ended: (end: StatementEnd) => void,
): Promise<void> {
  const script = prepareScript(call, engine);
  context.signal.throwIfAborted();
  const session = await engine.open({
    attemptId: context.attemptId,
    maxRows: call.maxRows,
    statementTimeoutMs: call.statementTimeoutMs,
    signal: context.signal,
    notice: (text) => context.log('stdout', `${text}\n`),
  });
  const cancel = (): void => void session.cancel();
  context.signal.addEventListener('abort', cancel);
  try {
    if (context.signal.aborted) cancel();
    await runScript(script, session, context, ended);
  } finally {
    context.signal.removeEventListener('abort', cancel);
    await session.close();
  }
}
