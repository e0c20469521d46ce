import { condition } from '../runtime/condition.js';
import { Fault } from '../runtime/error.js';
import { burn, type Code } from '../runtime/machine.js';
import { BREAK, END, NEXT, type Step } from './step.js';

/** Loop is the parts of `while` and `for`; without a test it goes on until it is left. */
export interface Loop {
  readonly test: Code | undefined;
  readonly update?: Code | undefined;
  readonly body: Step;
  readonly where: string;
  readonly at: number;
}

/** loop runs a body again and again, fewer times than the limit of loops. */
export function loop({ test, update, body, where, at }: Loop): Step {
  return (machine) => {
    const most = machine.limits.loop;
    for (let count = 1; !test || condition(test(machine), where, at); count += 1) {
      burn(machine, 1);
      const completion = body(machine);
      if (completion === END) return END;
      if (completion === BREAK) return NEXT;
      if (count >= most) throw new Fault('limit', `this loop ran ${most} times: fewer are allowed`, at);
      update?.(machine);
    }
    return NEXT;
  };
}
