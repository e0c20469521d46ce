import { MaestroError, type FieldViolation } from '@maestro/domain';

/** violationsOf is what a merge of params finds wrong. */
export function violationsOf(merge: () => unknown): readonly FieldViolation[] {
  try {
    merge();
    return [];
  } catch (error) {
    if (error instanceof MaestroError && error.code === 'INVALID_PARAM') return error.violations;
    throw error;
  }
}
