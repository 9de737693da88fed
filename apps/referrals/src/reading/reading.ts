import type { ReadingKind } from '#contracts';
import type { Permission } from '../domain/consent/permission.ts';

/** A client's identity shown to another organization, with the consent and the open access that allow it. */
export interface Sight {
  readonly clientId: string;
  readonly referralId: string;
  readonly taskId: string;
  readonly fromOrganizationId: string;
  readonly permission: Permission;
}

/** What an answer shows of clients. */
export interface Shown<T> {
  readonly answer: T;
  readonly kind: ReadingKind;
  /** Clients of the reader's own organization. */
  readonly own: readonly string[];
  /** Those of others; several of one client count once. */
  readonly across: readonly Sight[];
}

/** The first entry of each client. */
export function onePerClient(sights: readonly Sight[]): readonly Sight[] {
  return [...new Map(sights.toReversed().map((sight) => [sight.clientId, sight])).values()].toReversed();
}
