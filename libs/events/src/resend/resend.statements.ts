import { statement } from '#persistence';

/**
 * From the first event of the log at or after the requested start, up to what the relay has sent: it sends later events
 * itself. Columns are qualified, because as text 10 sorts before 9 (traps.md 33).
 */
export const askResendStatement = statement(
  'resend ask',
  `with sent as (
     select coalesce(c.xid, '0'::xid8) as xid, coalesce(c.position, 0) as position
       from (values ('log')) as known (name) left join relay_checkpoint as c using (name)
   ), first as (
     select e.xid, e.position from event e
      where ($3::bigint is null or e.position >= $3::bigint) and ($4::timestamptz is null or e.at >= $4::timestamptz)
      order by e.xid, e.position limit 1
   ), range as (
     select coalesce(first.xid, sent.xid) as xid, coalesce(first.position - 1, sent.position) as position,
            sent.xid as end_xid, sent.position as end_position
       from sent left join first on true
   )
   insert into resend (resend_id, begins, state, xid, position, end_xid, end_position, total, asked_by, asked_at)
   select $1, $2, 'running', r.xid, r.position, r.end_xid, r.end_position,
          (select count(*) from event e
            where (e.xid, e.position) > (r.xid, r.position) and (e.xid, e.position) <= (r.end_xid, r.end_position)),
          $5, $6
     from range as r
   on conflict (begins) where state = 'running' do nothing`,
);

export const runningResendStatement = statement(
  'resend running',
  `select resend_id as "resendId" from resend where begins = $1 and state = 'running'`,
).reads<{ resendId: string }>();

export const listResendsStatement = statement(
  'resend list',
  `select resend_id as "resendId", begins, state, total::int as total, sent::int as sent, waiting,
          asked_at as "askedAt", ended_at as "endedAt"
     from resend where $1::uuid is null or resend_id < $1 order by resend_id desc limit $2`,
);
