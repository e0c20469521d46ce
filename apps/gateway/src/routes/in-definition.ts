import { MaestroError } from '@maestro/domain';
import { type DefinitionFormat, locateViolations } from '@maestro/dsl';

/** inDefinition makes a call about a definition; what the service finds wrong with it is answered with its place in the text. */
export async function inDefinition<T>(text: string, format: DefinitionFormat, call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    if (!(error instanceof MaestroError) || error.code !== 'INVALID_DEFINITION') throw error;
    const { code, message, metadata } = error;
    const violations = locateViolations(error.violations, text, format);
    throw new MaestroError(code, message, { violations, metadata, cause: error });
  }
}
