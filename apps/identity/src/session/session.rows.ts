import type { InstantText, PersonId } from '#contracts';
import { statement } from '#persistence';

/** A session as it is read under its lock. */
export interface SessionRow {
  readonly person_id: PersonId;
  readonly sealed: string;
  readonly renewed_at: InstantText;
  readonly renewing_until: InstantText | null;
  readonly idle_at: InstantText;
  readonly ends_at: InstantText;
}

export const openSession = statement(
  'open web session',
  `insert into web_session (id_hash, person_id, sealed, renewed_at, idle_at, ends_at)
   values ($1, $2, $3, $4, $5, $6)`,
);

export const lockSession = statement(
  'lock web session',
  `select person_id, sealed, renewed_at, renewing_until, idle_at, ends_at
   from web_session where id_hash = $1 for update`,
).reads<SessionRow>();

export const useSession = statement('use web session', 'update web_session set idle_at = $2 where id_hash = $1');

export const beginRenewal = statement(
  'begin renewal of web session',
  'update web_session set renewing_until = $2 where id_hash = $1',
);

export const abandonRenewal = statement(
  'abandon renewal of web session',
  'update web_session set renewing_until = null where id_hash = $1',
);

/** No row if the session ended meanwhile. */
export const finishRenewal = statement(
  'finish renewal of web session',
  `update web_session set sealed = $2, renewed_at = $3, idle_at = $4, renewing_until = null
   where id_hash = $1 returning id_hash`,
);

export const endSession = statement('end web session', 'delete from web_session where id_hash = $1 returning sealed');

/** Every seat and every device. */
export const endSessionsOfPerson = statement(
  'end web sessions of person',
  'delete from web_session where person_id = $1',
);

/** Some at a time, and none that somebody holds, so that no sign-in waits for another one. */
export const sweepSessions = statement(
  'sweep web sessions',
  `delete from web_session where id_hash in (
     select id_hash from web_session where idle_at <= $1 order by idle_at limit 100 for update skip locked)`,
);
