import type { ParamDefinition, ParamDefinitions } from '@maestro/domain';
import { castLiteral } from './literal-cast.js';
import { defined } from './record.js';

/** Content is what a param holds: its type and its literal or expression. */
export type Content = Pick<ParamDefinition, 'type' | 'value' | 'expression'>;

export interface ContentResult {
  readonly content: Content;
  /** Why the two cannot be merged; `content` is then the incoming one. */
  readonly problem?: string;
}

type MergeChildren = (base: ParamDefinitions, incoming: ParamDefinitions) => ParamDefinitions;

/** mergeContent merges what two definitions hold (spec 2.3, rules 1 and 2); `mergeChildren` merges the insides of MAPs. */
export function mergeContent(
  base: ParamDefinition | undefined,
  incoming: ParamDefinition,
  mergeChildren: MergeChildren,
): ContentResult {
  if (incoming.type === 'MAP' && incoming.value !== undefined) return mergeMap(base, incoming.value, mergeChildren);
  if (incoming.type === 'STRING_MAP' && incoming.value !== undefined) return mergeStringMap(base, incoming.value);
  if (base === undefined || base.type === incoming.type) return { content: contentOf(incoming) };
  return castTo(base, incoming);
}

function contentOf({ type, value, expression }: ParamDefinition): Content {
  return defined({ type, value, expression }) as Content;
}

function mergeMap(base: ParamDefinition | undefined, value: ParamDefinitions, merge: MergeChildren): ContentResult {
  const content = { type: 'MAP', value: merge(base?.type === 'MAP' ? (base.value ?? {}) : {}, value) } as const;
  return withBaseCheck(base, content);
}

function mergeStringMap(base: ParamDefinition | undefined, value: Readonly<Record<string, string>>): ContentResult {
  const below = base?.type === 'STRING_MAP' ? (base.value ?? {}) : {};
  const entries = new Map([...Object.entries(below), ...Object.entries(value)]);
  return withBaseCheck(base, { type: 'STRING_MAP', value: Object.fromEntries(entries) });
}

function withBaseCheck(base: ParamDefinition | undefined, content: Content): ContentResult {
  if (base === undefined || (base.type === content.type && base.expression === undefined)) return { content };
  const held = base.expression === undefined ? `a ${base.type}` : `a ${base.type} given by an expression`;
  return { content, problem: `is ${held}: a literal ${content.type} cannot be merged into it` };
}

/** The type of the base stays; an expression is expected to answer in that type. */
function castTo(base: ParamDefinition, incoming: ParamDefinition): ContentResult {
  const { expression } = incoming;
  const value = castLiteral(incoming, base.type);
  const content = defined({ type: base.type, value, expression }) as Content;
  if (incoming.value === undefined || value !== undefined) return { content };
  return { content, problem: `has type ${base.type}: a ${incoming.type} literal cannot be converted to it` };
}
