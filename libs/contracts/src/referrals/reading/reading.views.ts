import { readingKinds, type ReadingKind } from '../../codes/reading-kind.ts';
import { Code, Day, Id, Instant } from '../../fields.ts';
import type { ClientId, DayText, InstantText, OrganizationId, PersonId } from '../../ids.ts';

/** GET /access-log. Each parameter is a filter; without any: everything, newest first. */
export class ReadingsAsked {
  @Id({ optional: true }) readonly clientId?: ClientId;
  @Id({ optional: true }) readonly readerId?: PersonId;
  /** In UTC. */
  @Day({ optional: true }) readonly day?: DayText;
}

/**
 * A person read client data of their own organization: the first time of the day for this client, reader and kind.
 * Disclosures to other organizations are also in the disclosure ledger.
 */
export class ReadingView {
  @Id() readonly readingId!: string;
  @Instant() readonly at!: InstantText;
  @Id() readonly readerId!: PersonId;
  @Id() readonly organizationId!: OrganizationId;
  @Id() readonly clientId!: ClientId;
  @Code(readingKinds) readonly kind!: ReadingKind;
}
