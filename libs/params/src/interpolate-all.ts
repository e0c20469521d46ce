import type { Tag } from '@maestro/domain';
import type { Failed, ParamViolation } from './failure.js';
import { interpolate } from './interpolate.js';
import type { ParamScope } from './scope.js';

/** TextsOutcome holds the texts in their order, or all that is wrong with them. */
export type TextsOutcome = { readonly kind: 'value'; readonly value: readonly string[] } | Failed;

/** interpolateAll fills references in texts such as the addresses of alerts in; `path` names the list in violations. */
export function interpolateAll(texts: readonly string[], scope: ParamScope, path: string): TextsOutcome {
  const violations: ParamViolation[] = [];
  const value = texts.map((text, index) => {
    const outcome = interpolate(text, scope, `${path}[${index}]`);
    if (outcome.kind === 'value') return outcome.value;
    violations.push(...outcome.violations);
    return text;
  });
  return violations.length > 0 ? { kind: 'error', violations } : { kind: 'value', value };
}

/** TagsOutcome holds the tags in their order, or all that is wrong with them. */
export type TagsOutcome = { readonly kind: 'value'; readonly value: readonly Tag[] } | Failed;

/** interpolateTags fills references in the names of tags in; tags that come out with the same name count once. */
export function interpolateTags(tags: readonly Tag[], scope: ParamScope, path = 'tags'): TagsOutcome {
  const names = interpolateAll(
    tags.map(({ name }) => name),
    scope,
    path,
  );
  if (names.kind === 'error') return names;
  const named = tags.map((tag, index): [string, Tag] => {
    const name = names.value[index] ?? tag.name;
    return [name, { ...tag, name }];
  });
  return { kind: 'value', value: [...new Map(named).values()] };
}
