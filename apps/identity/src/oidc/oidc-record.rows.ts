import type { AdapterPayload } from 'oidc-provider';
import type { InstantText } from '#contracts';
import { statement } from '#persistence';

/** A record of the provider as it is read. */
export interface OidcRecordRow {
  readonly payload: AdapterPayload;
  readonly consumed_at: InstantText | null;
}

export const putRecord = statement(
  'put oidc record',
  `insert into oidc_record (kind, id_hash, payload, grant_id, uid, expires_at)
   values ($1, $2, $3::jsonb, $4, $5, $6)
   on conflict (kind, id_hash) do update
     set payload = excluded.payload, grant_id = excluded.grant_id, uid = excluded.uid,
         expires_at = excluded.expires_at`,
);

export const recordById = statement(
  'oidc record by id',
  'select payload, consumed_at from oidc_record where kind = $1 and id_hash = $2 and expires_at > $3',
);

export const recordByUid = statement(
  'oidc record by uid',
  'select payload, consumed_at from oidc_record where kind = $1 and uid = $2 and expires_at > $3',
);

/** Returns a row only to the first caller. */
export const consumeRecord = statement(
  'consume oidc record',
  `update oidc_record set consumed_at = $3
   where kind = $1 and id_hash = $2 and consumed_at is null returning kind`,
);

export const destroyRecord = statement(
  'destroy oidc record',
  'delete from oidc_record where kind = $1 and id_hash = $2',
);

export const revokeGrant = statement(
  'revoke oidc records of grant',
  'delete from oidc_record where kind = $1 and grant_id = $2',
);

/** Sessions, grants, codes and refresh tokens of a person. */
export const endRecordsOfPerson = statement(
  'end oidc records of person',
  `delete from oidc_record where payload ? 'accountId' and payload ->> 'accountId' = $1`,
);

/** Deletes some at a time, so that no lock is held for long. */
export const sweepRecords = statement(
  'sweep oidc records',
  `with ended as (
     select kind, id_hash from oidc_record where expires_at <= $1 order by expires_at limit 1000
   ), gone as (
     delete from oidc_record using ended
     where oidc_record.kind = ended.kind and oidc_record.id_hash = ended.id_hash returning 1
   )
   select count(*)::int as count from gone`,
);
