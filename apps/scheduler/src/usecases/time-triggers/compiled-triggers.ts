import { readTimeTriggers, parseJsonText } from '@maestro/dsl';
import type { TimeTrigger } from '@maestro/domain';
import { compileSchedule, jitterOf, type Schedule } from '@maestro/schedule';
import { LRUCache } from 'lru-cache';
import type { NewTrigger } from '../../ports/time-trigger-store.js';
import { seedOf } from './trigger-id.js';

/** CompiledTrigger is a trigger that can be asked when it fires. */
export interface CompiledTrigger {
  readonly trigger: TimeTrigger;
  readonly schedule: Schedule;
  readonly jitterMs: number;
}

const COMPILED = 20_000;

/** CompiledTriggers compiles each trigger once and keeps those that fire often. */
export class CompiledTriggers {
  private readonly known = new LRUCache<string, CompiledTrigger>({ max: COMPILED });

  /** Throws a ScheduleError for a trigger that was stored before it was refused. */
  of({ triggerId, definition }: Pick<NewTrigger, 'triggerId' | 'definition'>): CompiledTrigger {
    const key = `${triggerId} ${definition}`;
    const known = this.known.get(key) ?? compile(triggerId, definition);
    this.known.set(key, known);
    return known;
  }
}

function compile(id: string, definition: string): CompiledTrigger {
  const [trigger] = readTimeTriggers([parseJsonText(definition)]);
  if (trigger === undefined) throw new Error(`trigger ${id} has no definition`);
  const schedule = compileSchedule(trigger);
  return { trigger, schedule, jitterMs: jitterOf(schedule.fuzzyMs, seedOf(id)) };
}
