import { MaestroError } from '@maestro/domain';
import { type ContentChecks, type DefinitionFormat, locateViolations, type ParseOptions } from '@maestro/dsl';

/** Checking the expressions of more text than this would hold up other requests; the service has workers for it. */
const MAX_CHECKED_HERE = 24_000;

/** checksOf says what is checked before the service is asked: so that a usual text hears of all its mistakes at once. */
export function checksOf(text: string, wanted: ContentChecks): ParseOptions {
  return { content: text.length > MAX_CHECKED_HERE ? 'none' : wanted };
}

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
