import { stepType, type StepType } from '@maestro/steps';

/**
 * simulatedStepType finds the step types of scenarios: the real ones, and `Container`, whose attempts outlive their executors
 * and need no runtime.
 */
export function simulatedStepType(name: string): StepType | undefined {
  if (name !== 'Container') return stepType(name);
  const echo = stepType('Echo');
  return echo && { ...echo, name, onExecutorLost: 'reattach' };
}
