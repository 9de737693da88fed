import { statement, type StatementNamed } from '#persistence';

/** Does nothing for an event that another consumer handled, that is already parked, or that a person gave up. */
export const parkStatement = statement(
  'parked add',
  `insert into parked (parked_id, group_name, key, event_id, type, because, reason, attempts, first_at, last_at,
                       topic, partition, "offset", message_key, headers, value)
   select $1::uuid, $2, $3, $4, $5, $6, $7, $8::int, $9::timestamptz, $9::timestamptz,
          $10, $11::int, $12::bigint, $13, $14::jsonb, $15
    where not exists (select from inbox where group_name = $2 and event_id = $16::uuid)
      and not exists (select from discarded where group_name = $2 and event_id = $4)
   on conflict (group_name, event_id) do nothing
   returning parked_id`,
);

/**
 * A timer has no id of its own, so its parkedId is made of the instant at which it was parked and of the timer's
 * identity. It sorts by time among the events, whose ids are v7. If the timer is parked again, it gets another id.
 */
export const parkedTimerId = `(lpad(to_hex((extract(epoch from parked_at) * 1000)::bigint), 12, '0') || '8'
  || substr(md5(kind || ' ' || subject), 1, 3) || '8' || substr(md5(kind || ' ' || subject), 4, 15))::uuid`;

const asUuid = (column: string): string =>
  `case when ${column} ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then ${column}::uuid end`;

/** The network that owns a parked entry, from the columns key, value and headers of `waiting`. */
const networkOf = (subselects: readonly string[]): string =>
  subselects.length === 0
    ? 'null::uuid'
    : `(select coalesce(${subselects.map((each) => `(${each})`).join(', ')})
         from (select ${asUuid('waiting.key')} as id, waiting.value, waiting.headers) as k)`;

const heads = `
     select 'event' as kind, parked_id as "parkedId", group_name as "group", event_id as "eventId", type, key, reason,
            attempts, first_at as "firstAt",
            (select count(*)::int from parked as behind
              where behind.group_name = head.group_name and behind.key = head.key and behind.place > head.place) as "waitingBehind",
            value, headers
       from parked as head
      where because <> 'slow' and not exists (select from parked as before
                         where before.group_name = head.group_name and before.key = head.key and before.place < head.place)
     union all
     select 'timer', ${parkedTimerId}, 'timers', null, kind, key, coalesce(reason, ''), attempts, parked_at, 0, '', '{}'::jsonb
       from timer
      where parked_at is not null`;

const shown = `kind, "parkedId", "group", "eventId", type, key, reason, attempts, "firstAt", "waitingBehind"`;

/** `$3`: only this network's entries; null: all. */
export function listStatement(networkOfKey: readonly string[]): StatementNamed<'parked list'> {
  return statement(
    'parked list',
    `select ${shown} from (${heads}) as waiting
      where ($1::uuid is null or "parkedId" > $1::uuid)
        and ($3::uuid is null or ${networkOf(networkOfKey)} = $3::uuid)
      order by "parkedId" limit $2`,
  );
}

/** Tells whether the entry with this id belongs to the network, even if it waits behind the first event of its key. */
export function ofNetworkStatement(networkOfKey: readonly string[]): StatementNamed<'parked of network'> {
  return statement(
    'parked of network',
    `select from (
       select key, value, headers from parked where parked_id = $1::uuid
       union all
       select key, '', '{}'::jsonb from timer where parked_at is not null and ${parkedTimerId} = $1::uuid) as waiting
      where ${networkOf(networkOfKey)} = $2::uuid`,
  );
}

/** Restarts with the first attempt, immediately, whatever the clock says. */
export const redriveTimerStatement = statement(
  'parked timer redrive',
  `update timer set parked_at = null, reason = null, attempts = 0, next_at = '-infinity', pause_ms = null
    where parked_at is not null and ${parkedTimerId} = $1::uuid
   returning kind`,
);

export const requestStatement = statement(
  'parked request',
  `update parked set redrive = true
     from parked as asked
    where asked.parked_id = $1::uuid and parked.group_name = asked.group_name and parked.key = asked.key
   returning parked.parked_id`,
);

export const requestedStatement = statement(
  'parked requested',
  // A slow event is retried after 2 s, then after twice as long each time, up to 5 minutes. If the stored instant is in
  // the future, a clock was ahead.
  `select distinct group_name as "group", key from parked
    where group_name = any ($1::text[]) and (redrive or (because = 'slow' and (last_at > $2::timestamptz
      or last_at + make_interval(secs => least(300, 2 ^ least(attempts, 9))) <= $2::timestamptz)))
    limit 50`,
);

export const headStatement = statement(
  'parked head',
  `select event_id as "eventId", topic, partition, "offset", message_key as key, headers, value
     from parked where group_name = $1 and key = $2 order by place limit 1`,
);

/** Tells whether the key needs no person, because its first event was only slow. */
export const passesStatement = statement(
  'parked passes',
  `select because = 'slow' as passes from parked where group_name = $1 and key = $2 order by place limit 1`,
).reads<{ passes: boolean }>();

/** The first event failed again: a person sees why and must request another redrive. A slow one is retried automatically. */
export const givenUpStatement = statement(
  'parked given up',
  `update parked
      set redrive = false,
          because = case when event_id = $3 then $4 else because end,
          reason = case when event_id = $3 then $5 else reason end,
          attempts = case when event_id = $3 then attempts + $6::int else attempts end,
          last_at = case when event_id = $3 then $7::timestamptz else last_at end
    where group_name = $1 and key = $2`,
);

export const dropStatement = statement('parked drop', `delete from parked where group_name = $1 and event_id = $2`);
