import type { DraftSection, DraftSectionView, DraftView } from '#contracts';
import type { Page } from '#service';
import type { Answered, RunningReferrals } from '../../testing/running-referrals.ts';

/** A person of the seed who writes drafts. */
export class WritingPerson {
  constructor(
    private readonly referrals: RunningReferrals,
    private readonly login: string,
  ) {}

  /** A draft of a referral; its id. */
  async begins(draftId: string = this.referrals.at.ids.next()): Promise<string> {
    const { status, text } = await this.commands('POST', 'drafts', { draftId, kind: 'referral' });
    if (status !== 201) throw new Error(text);
    return draftId;
  }

  /** `read`: the version that this device knows. */
  saves(
    draftId: string,
    name: DraftSection,
    read: number | undefined,
    content: string,
    { device = 'laptop', key = this.referrals.at.ids.next() }: { readonly device?: string; readonly key?: string } = {},
  ): Promise<Answered<DraftSectionView>> {
    const path = `drafts/${draftId}/sections/${name}`;
    return this.commands('PUT', path, { device, content }, { key, ifMatch: read });
  }

  reads(draftId: string): Promise<Answered<DraftView>> {
    return this.referrals.ask(this.login, `drafts/${draftId}`);
  }

  async lists(): Promise<readonly DraftView[]> {
    return (await this.pages()).flatMap(({ items }) => items);
  }

  /** The whole list, a page at a time. */
  async pages(): Promise<readonly Page<DraftView>[]> {
    const pages: Page<DraftView>[] = [];
    for (let next: string | null = ''; next !== null; next = pages.at(-1)?.next ?? null) {
      const cursor = next === '' ? '' : `&cursor=${next}`;
      pages.push((await this.referrals.ask<Page<DraftView>>(this.login, `drafts?limit=100${cursor}`)).body);
    }
    return pages;
  }

  async commands<T>(
    method: 'POST' | 'PUT' | 'DELETE',
    path: string,
    body?: object,
    {
      key = this.referrals.at.ids.next(),
      ifMatch,
    }: { readonly key?: string; readonly ifMatch?: number | undefined } = {},
  ): Promise<Answered<T>> {
    const headers = { 'idempotency-key': key, ...(ifMatch === undefined ? {} : { 'if-match': `"${ifMatch}"` }) };
    const answer = await this.referrals.at.ask(this.login, {
      method,
      path,
      headers,
      ...(body === undefined ? {} : { body }),
    });
    return { status: answer.statusCode, text: answer.body, body: answer.json<T>(), headers: answer.headers };
  }
}
