/** Only its origin matters: a path that leaves it is not our own. */
const here = 'https://here.invalid';
// browsers read \ as /, and drop tabs and line breaks before they read an address
const misread = /[\\\p{Cc}]/u;
const notScreens = ['/api/', '/oidc/'];

/**
 * The path, query and fragment of an address within this platform, as a browser would resolve it; undefined for anything
 * else, so that nobody can use a sign-in to send people to another site. `/` is never followed by another one.
 */
export function ownPath(text: string): string | undefined {
  if (!text.startsWith('/') || misread.test(text)) return undefined;
  const url = URL.parse(text, here);
  if (url?.origin !== here || url.pathname.startsWith('//')) return undefined;
  if (notScreens.some((each) => `${url.pathname}/`.startsWith(each))) return undefined;
  return `${url.pathname}${url.search}${url.hash}`;
}
