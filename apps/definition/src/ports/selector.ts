/** Selector names a version: by pointer (`default` is the active one, else the latest) or by number. */
export type Selector = 'active' | 'latest' | 'default' | bigint;
