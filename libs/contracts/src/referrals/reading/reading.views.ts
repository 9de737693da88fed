import { readingKinds, type ReadingKind } from '../../codes/reading-kind.ts';
import { Code, Day, Id, Instant } from '../../fields.ts';
import type { ClientId, DayText, InstantText, OrganizationId, PersonId } from '../../ids.ts';

/** GET /access-log. Each narrows; without any: everything, the newest first. */
export class ReadingsAsked {
  @Id({ optional: true }) readonly clientId?: ClientId;
  @Id({ optional: true }) readonly readerId?: PersonId;
  /** In UTC. */
  @Day({ optional: true }) readonly day?: DayText;
}

/**
 * Somebody of one's own organization read client data: the first time of the day for this client, reader and kind. What
 * went to another organization is in the disclosure ledger as well.
 */
export class ReadingView {
  @Id() readonly readingId!: string;
  @Instant() readonly at!: InstantText;
  @Id() readonly readerId!: PersonId;
  @Id() readonly organizationId!: OrganizationId;
  @Id() readonly clientId!: ClientId;
  @Code(readingKinds) readonly kind!: ReadingKind;
}
