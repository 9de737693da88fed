import type { QueryClient } from '@tanstack/react-query';
import type { PersonId } from '#contracts';
import type { Door } from '../door/door.ts';
import type { OutboxRunner } from './outbox/outbox-runner.ts';

/** What the queries and hooks of this room need; one for a signed-in person. */
export interface Data {
  readonly door: Door;
  readonly queryClient: QueryClient;
  readonly outbox: OutboxRunner;
  readonly personId: PersonId;
  readonly positions: Positions;
  /** The server's clock now, in milliseconds since 1970. */
  readonly serverNow: () => number;
}

/** What this person wrote lately, in all tabs. */
export interface Positions {
  /** The `after` of a read of this thing; null: of a list. */
  readonly after: (subject: string | null) => string | null;
  readonly wrote: (subjects: readonly string[], position: string | null) => void;
}
