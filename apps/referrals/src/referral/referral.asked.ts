import { Invalid, pageOf, type PageAsked } from '#service';

/** `?open=true|false&cursor=&limit=` of the sender's list. Throws Invalid. */
export function referralListAsked(query: unknown): {
  readonly page: PageAsked;
  readonly open: boolean | undefined;
} {
  const { open } = (query ?? {}) as { readonly open?: unknown };
  if (open !== undefined && open !== 'true' && open !== 'false') {
    throw new Invalid([{ field: 'open', message: 'open must be true or false', allowed: ['true', 'false'] }]);
  }
  return { page: pageOf(query), open: open === undefined ? undefined : open === 'true' };
}
