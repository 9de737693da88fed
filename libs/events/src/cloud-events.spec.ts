import { describe, expect, it } from '@jest/globals';
import { Kafka, type CloudEvent, type Message } from 'cloudevents';
import { headersOf, traceBegunBy, type EnvelopeFacts } from './cloud-events.ts';

const facts: EnvelopeFacts = {
  id: '01900000-0000-7000-8000-000000000001',
  type: 'referral.task.accepted',
  schemaVersion: 2,
  source: '/referrals',
  subject: 'task/01900000-0000-7000-8000-000000000002',
  time: '2026-11-24T08:00:00.000Z',
  key: '01900000-0000-7000-8000-000000000003',
  streamVersion: 7,
  actor: { id: 'person', role: 'intake-worker', organizationId: 'organization' },
  causationId: 'cause',
  correlationId: 'correlation',
  traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
};

describe('a message on the wire', () => {
  it('is a CloudEvent in binary mode that any outside reader understands', () => {
    const read = Kafka.toEvent({
      headers: headersOf(facts),
      key: facts.key,
      value: '{"round":1}',
    } as unknown as Message);
    const event = (Array.isArray(read) ? read[0] : read) as CloudEvent;
    expect(event.validate()).toBe(true);
    expect(event).toMatchObject({
      specversion: '1.0',
      id: facts.id,
      type: facts.type,
      source: '/referrals',
      subject: facts.subject,
      time: facts.time,
      datacontenttype: 'application/json',
      dataschema: 'urn:schema:referral.task.accepted:2',
      partitionkey: facts.key,
      streamversion: '7',
      actorid: 'person',
      actorrole: 'intake-worker',
      actororg: 'organization',
      causationid: 'cause',
      correlationid: 'correlation',
      traceparent: facts.traceparent,
    });
  });

  it('has exactly the headers of the contract', () => {
    expect(Object.keys(headersOf(facts)).sort()).toEqual([
      'ce_actorid',
      'ce_actororg',
      'ce_actorrole',
      'ce_causationid',
      'ce_correlationid',
      'ce_dataschema',
      'ce_id',
      'ce_partitionkey',
      'ce_source',
      'ce_specversion',
      'ce_streamversion',
      'ce_subject',
      'ce_time',
      'ce_traceparent',
      'ce_type',
      'content-type',
    ]);
  });

  it('derives a W3C trace context from the correlation id if there is no trace', () => {
    const begun = traceBegunBy('0190a0c0-0000-7000-8000-00000000beef');
    expect(begun).toBe('00-0190a0c000007000800000000000beef-800000000000beef-00');
    expect(traceBegunBy('no id')).toBeNull();
  });

  it('leaves out absent values, because a header cannot be null', () => {
    const headers = headersOf({
      ...facts,
      actor: { id: null, role: 'timer', organizationId: null },
      causationId: null,
      traceparent: null,
    });
    expect(Object.keys(headers)).not.toEqual(expect.arrayContaining(['ce_actorid']));
    expect(Object.values(headers).every((value) => typeof value === 'string')).toBe(true);
    expect(headers['ce_actorrole']).toBe('timer');
    expect(['ce_actororg', 'ce_causationid', 'ce_traceparent'].filter((name) => name in headers)).toEqual([]);
  });
});
