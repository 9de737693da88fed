/**
 * Parts of the log that are sent again, in each service's schema: everything after (xid, position) up to (end_xid,
 * end_position). `place` advances with what is sent. No tenant policy, because there is no client data.
 */
export const resendTables: readonly string[] = [
  `create table resend (
    resend_id uuid primary key,
    begins text not null,
    state text not null check (state in ('running', 'done')),
    xid xid8 not null,
    position bigint not null,
    end_xid xid8 not null,
    end_position bigint not null,
    total bigint not null,
    sent bigint not null default 0,
    waiting text,
    asked_by text not null,
    asked_at timestamptz(3) not null,
    ended_at timestamptz(3)
  )`,
  // a second request for the same part gets the id of the running one
  `create unique index resend_running on resend (begins) where state = 'running'`,
];
