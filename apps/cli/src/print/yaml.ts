import { parseJsonText } from '@maestro/dsl';
import { stringify } from 'yaml';

/** yamlOf writes a JSON body as YAML; whole numbers stay exact. */
export function yamlOf(text: string): string {
  return stringify(parseJsonText(text), { lineWidth: 120, aliasDuplicateObjects: false });
}
