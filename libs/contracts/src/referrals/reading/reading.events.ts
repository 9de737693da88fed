import { categories, type Category } from '../../codes/category.ts';
import { purposes, type Purpose } from '../../codes/purpose.ts';
import { event } from '../../envelope.ts';
import { Code, Id } from '../../fields.ts';
import type { ClientId, ConsentId, DisclosureId, OrganizationId, PersonId, ReferralId, TaskId } from '../../ids.ts';

/**
 * A person of another organization was shown who a client is, in a list or a search: the first time of the day for this
 * client and reader. It is in the reader's own stream, because a page shows clients of many referrals.
 */
export class LabelShown extends event('referral.label.shown') {
  @Id() readonly disclosureId!: DisclosureId;
  @Id() readonly referralId!: ReferralId;
  @Id() readonly taskId!: TaskId;
  @Id() readonly clientId!: ClientId;
  @Id() readonly fromOrganizationId!: OrganizationId;
  @Id() readonly toOrganizationId!: OrganizationId;
  @Id() readonly readerId!: PersonId;
  @Code(categories, { list: true }) readonly categories!: readonly Category[];
  @Code(purposes) readonly purpose!: Purpose;
  @Id({ list: true }) readonly consentIds!: readonly ConsentId[];
}
