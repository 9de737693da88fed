import { withClient } from '#persistence';

/** Compares the services' tables where they contain the same facts; each line of the result is a fault. */
export function agreement(adminUrl: string): Promise<readonly string[]> {
  const checks: Readonly<Record<string, string>> = {
    'a log without a gap': `select stream_key from referrals.event group by stream_key
      having count(*) <> max(stream_version) or min(stream_version) <> 1`,
    'an event for each item of the timelines, and an item for each event': `select coalesce(e.id, i.event_id)
      from (select id from referrals.event where type <> 'referral.label.shown') e
      full join coordination.timeline_item i on i.event_id = e.id
      where e.id is null or i.event_id is null`,
    'a state of a Task that the inbox has too': `select t.task_id from referrals.task t
      left join coordination.inbox_row i using (task_id) where i.state is distinct from t.row ->> 'state'`,
    'an entry for each access, each opening and each label, once': `select coalesce(e.id, d.event_id)
      from (select id from referrals.event where type in
        ('referral.access.granted', 'referral.access.ended', 'referral.packet.opened', 'referral.label.shown')) e
      full join consent.disclosure_entry d on d.event_id = e.id where e.id is null or d.event_id is null`,
    'a delivery once for each event, person and channel': `select event_id from notifications.delivery
      group by event_id, person_id, channel having count(*) > 1`,
    'a delivery that was recorded once': `select data ->> 'deliveryId' from notifications.event
      where type = 'notification.delivered' group by 1 having count(*) > 1`,
    'a milestone of a timer that was sent once': `select subject from referrals.event
      where type = 'referral.task.escalated' group by subject, data ->> 'timer', data ->> 'milestone' having count(*) > 1`,
    'a sending, an acceptance and a completion of a Task, once each': `select subject from referrals.event
      where type in ('referral.task.sent', 'referral.task.accepted', 'referral.task.completed')
      group by type, subject having count(*) > 1`,
    'news of each sending to somebody of the agency': `select e.id from referrals.event e
      where e.type = 'referral.task.sent' and not exists (select from notifications.delivery d where d.event_id = e.id)`,
  };
  return withClient(adminUrl, async (client) => {
    const faults: string[] = [];
    for (const [should, text] of Object.entries(checks)) {
      const { rowCount } = await client.query(text);
      if (rowCount !== 0) faults.push(`${should}: not so ${String(rowCount)} times`);
    }
    return faults;
  });
}
