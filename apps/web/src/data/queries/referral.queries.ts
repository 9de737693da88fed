import type { AttachmentView, ListedReferral, ReferralsAsked, ReferralView } from '#contracts';
import { routes } from '../../door/routes.ts';
import type { Data } from '../data.ts';
import { keys } from '../keys.ts';
import type { ListRules } from '../live/live-list.ts';
import { livePages, type LiveQuery } from '../reads/live-pages.ts';
import { one, type OneQuery } from '../reads/one.ts';
import { wholeList, type WholeQuery } from '../reads/whole-list.ts';

/** The referrals of the person's organization, newest first. */
export function referralsQuery(data: Data, filters: ReferralsAsked): LiveQuery<ListedReferral> {
  return livePages(data, keys.referrals(filters), routes.referrals, filters);
}

export function referralsRules(filters: ReferralsAsked): ListRules<ListedReferral> {
  return {
    idOf: ({ referralId }) => referralId,
    versionOf: ({ version }) => version,
    belongs: ({ closed }) => filters.open === undefined || filters.open === (closed === null),
    placeOf: ({ closed, needs }) => `${closed === null} ${needs.map(({ waitsFor }) => waitsFor).join(' ')}`,
  };
}

export function referralQuery(data: Data, referralId: string): OneQuery<ReferralView> {
  return one(data, keys.referral(referralId), routes.referral, { params: { id: referralId }, subject: referralId });
}

export function attachmentsQuery(data: Data, referralId: string): WholeQuery<AttachmentView> {
  const asked = { params: { id: referralId }, subject: referralId };
  return wholeList(data, keys.attachments(referralId), routes.attachments, asked);
}
