/** Names of Locale.US, the language of the original's texts. */

/** MONTHS are the names of the months from January. */
export const MONTHS = [
  ...['January', 'February', 'March', 'April', 'May', 'June', 'July'],
  ...['August', 'September', 'October', 'November', 'December'],
] as const;

/** WEEKDAYS are the names of the days from Monday. */
export const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const;

/** HALFDAYS are the names of the halves of a day. */
export const HALFDAYS = ['AM', 'PM'] as const;

/** ERAS are the names of the eras. */
export const ERAS = ['BC', 'AD'] as const;

/** shortName is the abbreviation of a month or day. */
export function shortName(name: string): string {
  return name.slice(0, 3);
}
