import { SelError } from '@maestro/sel';
import type { ParamViolation } from './failure.js';

/** positionIn says where an offset of a text lies: 1-based line and column, and the line with a caret below. */
export function positionIn(text: string, offset: number): Pick<ParamViolation, 'line' | 'column' | 'excerpt'> {
  const { line, column, excerpt } = new SelError('host', '', text, Math.max(0, offset));
  return { line, column, excerpt };
}
