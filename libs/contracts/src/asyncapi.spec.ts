import { describe, expect, it } from '@jest/globals';
import { Parser } from '@asyncapi/parser';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { headerNames, headersOf } from '#events';
import { asyncApi } from './asyncapi.ts';
import { eventClasses, partitionsPerTopic, topicOf, topics } from './event-types.ts';

const file = join(process.cwd(), 'libs/contracts/asyncapi.json');
const update = process.env['UPDATE_RELEASED'] === '1';
const renew = 'run `UPDATE_RELEASED=1 npm test -- asyncapi` and commit libs/contracts/asyncapi.json';
const document = asyncApi();

describe('The AsyncAPI document', () => {
  it('is committed in the form that the event classes give today', () => {
    const text = `${JSON.stringify(document, null, 2)}\n`;
    if (update) writeFileSync(file, text);
    const stale = !existsSync(file) || readFileSync(file, 'utf8') !== text;
    expect({ stale, renew }).toEqual({ stale: false, renew });
  });

  it('is an AsyncAPI 3.0 document in which an independent parser finds no error and no warning', async () => {
    const found = await new Parser().parse(JSON.stringify(document));
    const faults = found.diagnostics.filter(({ severity }) => severity <= 1);
    expect(faults.map(({ message, path }) => `${path.join('/')}: ${message}`)).toEqual([]);
    expect(found.document?.version()).toBe('3.0.0');
    expect(
      found.document
        ?.channels()
        .all()
        .map((each) => each.address()),
    ).toEqual([...topics]);
    expect(found.document?.messages().all()).toHaveLength(eventClasses.length);
  });

  it('has every event class once, in the channel of its topic', () => {
    for (const topic of topics) {
      const [channel] = Object.values(document.channels).filter((each) => each['address'] === topic);
      const names = eventClasses.filter(({ type }) => topicOf(type) === topic).map((each) => nameOf(each));
      expect(Object.keys(channel?.['messages'] as object)).toEqual(names);
      expect(channel?.['bindings']).toMatchObject({ kafka: { topic, partitions: partitionsPerTopic } });
    }
  });

  it.each(eventClasses.map((each) => [nameOf(each)]))('has %s as it is released', (name) => {
    const path = join(process.cwd(), 'libs/contracts/released', `${name}.json`);
    const released = JSON.parse(readFileSync(path, 'utf8')) as object;
    expect(released).toEqual(expect.objectContaining(document.components.schemas[name] as object));
  });
});

describe('The envelope of the AsyncAPI document', () => {
  const facts = {
    id: '0192d3a0-0000-7000-8000-000000000001',
    type: 'referral.task.received',
    schemaVersion: 1,
    source: '/referrals',
    subject: 'task/0192d3a0-0000-7000-8000-000000000002',
    time: '2026-01-31T09:00:00.000Z',
    key: '0192d3a0-0000-7000-8000-000000000003',
    streamVersion: 4,
    correlationId: '0192d3a0-0000-7000-8000-000000000004',
  } as const;
  const byPerson = {
    ...facts,
    actor: { id: facts.id, role: 'intake-worker', organizationId: facts.key },
    causationId: facts.id,
    traceparent: '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01',
  } as const;
  const byTimer = {
    ...facts,
    actor: { id: null, role: 'timer', organizationId: null },
    causationId: null,
    traceparent: null,
  } as const;

  const accepts = (name: string, headers: object): boolean => {
    const ajv = new Ajv2020({ strict: false, formats: { uuid: true, 'date-time': true } });
    const { headers: schema } = document.components.messages[name] as { readonly headers: object };
    return ajv.compile({ ...schema, components: document.components })(headers);
  };

  it('names exactly the headers that the relay writes', () => {
    const { properties } = document.components.schemas['EventHeaders'] as { readonly properties: object };
    expect(Object.keys(properties).sort()).toEqual(Object.values(headerNames).sort());
  });

  it('accepts the headers that the relay writes, for a person and for the platform itself', () => {
    for (const each of [byPerson, byTimer]) expect(accepts('referral.task.received.1', headersOf(each))).toBe(true);
  });

  it.each(['ce_id', 'ce_streamversion', 'ce_partitionkey', 'ce_actorrole'])(
    'accepts no event without %s',
    (missing) => {
      const headers = Object.entries(headersOf(byPerson)).filter(([name]) => name !== missing);
      expect(accepts('referral.task.received.1', Object.fromEntries(headers))).toBe(false);
    },
  );

  it('does not accept the headers of another type', () => {
    expect(accepts('referral.task.accepted.1', headersOf(byPerson))).toBe(false);
  });
});

function nameOf({ type, schemaVersion }: { readonly type: string; readonly schemaVersion: number }): string {
  return `${type}.${schemaVersion}`;
}
