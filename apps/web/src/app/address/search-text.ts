/** The part of an address after `?`: each key once with its text, or repeated, as a list. */
export type SearchTexts = Readonly<Record<string, string | readonly string[]>>;

/** `?state=sent&state=received&mine=yes` is `{state: ['sent', 'received'], mine: 'yes'}`. Every value is text. */
export function parseSearch(search: string): SearchTexts {
  const params = new URLSearchParams(search);
  return Object.fromEntries(
    [...new Set(params.keys())].map((key) => {
      const all = params.getAll(key);
      return [key, all.length > 1 ? all : (all[0] ?? '')];
    }),
  );
}

/** The same back, with the `?`; without what is undefined, empty, or an empty list. */
export function stringifySearch(search: Readonly<Record<string, unknown>>): string {
  const params = new URLSearchParams();
  for (const [key, value] of Object.entries(search)) {
    for (const each of [value].flat()) if (isText(each) && each !== '') params.append(key, String(each));
  }
  const text = params.toString();
  return text === '' ? '' : `?${text}`;
}

function isText(value: unknown): value is string | number | boolean {
  return ['string', 'number', 'boolean'].includes(typeof value);
}
