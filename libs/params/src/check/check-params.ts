import type { ParamDefinition, ParamDefinitions, ParamType } from '@maestro/domain';
import { own } from '../record.js';
import { checkExpression, checkTemplate, type TextFacts, type Written } from './check-text.js';
import { cycleProblems } from './cycles.js';
import type { Place } from './place.js';
import { below, type DefinitionProblem } from './problem.js';
import { checkValidator } from './check-validator.js';

/** ParamsToCheck are definitions of one place. */
export interface ParamsToCheck {
  readonly definitions: ParamDefinitions;
  readonly path: string;
  readonly place: Place;
  /** What lies under them: a default decides the type of what overrides it (spec 2.3). */
  readonly defaults?: ParamDefinitions;
}

/** checkParams checks every expression, text and validator of definitions, those inside of MAPs too, and finds cycles. */
export function checkParams(request: ParamsToCheck): readonly DefinitionProblem[] {
  const facts = Object.entries(request.definitions).map(([name, definition]) => {
    const declared = own(request.defaults, name);
    const content = { name, declared, path: below(request.path, name), place: request.place };
    return [name, checkParam(definition, content)] as const;
  });
  const reads = new Map(facts.map(([name, each]) => [name, each.reads]));
  return [...facts.flatMap(([, { problems }]) => problems), ...cycleProblems(reads, request)];
}

/** Named is a param, and what lies under it. */
interface Named {
  readonly name: string;
  readonly declared: ParamDefinition | undefined;
  readonly path: string;
  readonly place: Place;
}

function checkParam(definition: ParamDefinition, named: Named): TextFacts {
  const { name, declared, path, place } = named;
  const type = declared?.type ?? definition.type;
  const content = together(contentFacts(definition, { type, ...named }));
  const problems = [...content.problems, ...checkValidator(definition.validator, { name, type, path, place })];
  return { ...content, problems };
}

interface Content extends Named {
  readonly type: ParamType;
}

function contentFacts(definition: ParamDefinition, content: Content): readonly TextFacts[] {
  const { path, place, type } = content;
  if (definition.expression !== undefined) return [checkExpression({ text: definition.expression, path, place }, type)];
  if (definition.value === undefined) return [];
  const inside = below(path, 'value');
  switch (definition.type) {
    case 'STRING':
      return [checkTemplate({ text: definition.value, path, place })];
    case 'STRING_ARRAY':
      return definition.value.map((text, index) => checkTemplate({ text, path: below(inside, index), place }));
    case 'STRING_MAP':
      return Object.entries(definition.value)
        .flatMap(([key, text]): Written[] =>
          [key, text].map((each) => ({ text: each, path: below(inside, key), place })),
        )
        .map(checkTemplate);
    case 'MAP':
      return Object.entries(definition.value).map(([key, child]) =>
        checkParam(child, { name: key, declared: insideOf(content.declared, key), path: below(inside, key), place }),
      );
    default:
      return [];
  }
}

function insideOf(declared: ParamDefinition | undefined, key: string): ParamDefinition | undefined {
  return declared?.type === 'MAP' ? own(declared.value, key) : undefined;
}

function together(facts: readonly TextFacts[]): TextFacts {
  return {
    problems: facts.flatMap(({ problems }) => problems),
    reads: new Set(facts.flatMap(({ reads }) => [...reads])),
  };
}
