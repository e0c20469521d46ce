/** LATER_WORDS start statements and expressions of the full language that this subset does not compile yet. */
export const LATER_WORDS: ReadonlyMap<string, string> = new Map([
  ['new', '`new`'],
  ['import', '`import`'],
  ['if', '`if`'],
  ['while', '`while`'],
  ['for', '`for`'],
  ['break', '`break`'],
  ['continue', '`continue`'],
  ['throw', '`throw`'],
  ['boolean', 'variable declarations'],
  ['int', 'variable declarations'],
  ['long', 'variable declarations'],
  ['float', 'variable declarations'],
  ['double', 'variable declarations'],
]);

/** KEYWORDS are Java's: all reserved, although most have no meaning in SEL (spec 7.1). */
export const KEYWORDS: ReadonlySet<string> = new Set(
  `abstract boolean break byte case catch char class const continue default do double else extends false final finally
  float for goto if implements import instanceof int interface long native new null package private protected public
  return short static super switch synchronized this throw throws transient true try void volatile while`.split(/\s+/),
);

/** CLASS_NAMES are the types and static objects of the full language (spec 7.4). */
export const CLASS_NAMES: ReadonlySet<string> = new Set(
  `Long Integer Float Double Boolean String Map HashMap LinkedHashMap DateTime DateTimeZone DateTimeFormatter
  DateTimeFormat Property Days UUID Math Util System Arrays DateTimeConstants`.split(/\s+/),
);

/** LATER_METHODS are instance methods of the full language that this subset does not run yet (spec 7.6). */
export const LATER_METHODS: ReadonlySet<string> = new Set(
  `split replaceAll replace valueOf substring lastIndexOf compareTo format join escape toString intValue longValue
  parseLong parseDouble put`.split(/\s+/),
);
