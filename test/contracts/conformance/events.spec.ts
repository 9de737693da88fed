import { existsSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { withClient } from '#persistence';
import type { TaskView } from '#contracts';
import { openDeployment, type TestDeployment } from '../../deployment.ts';
import { Person } from '../../stories/people.ts';
import { referralTravels } from '../../stories/referral-travels.ts';
import { task } from '../../stories/scene.ts';
import { catalogued, promisedFields } from './catalogue.ts';

interface Message {
  readonly topic: string;
  readonly partition: number;
  readonly key: string | null;
  readonly headers: Readonly<Record<string, string>>;
  readonly value: string;
}

const typeOf = ({ headers }: Message): string => headers['ce_type'] ?? '';
const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** contract.md §3.1. Only two headers may be absent: the actor if the platform acted, and the cause of a person's action. */
const promisedHeaders: Readonly<Record<string, RegExp>> = {
  'content-type': /^application\/json$/,
  ce_specversion: /^1\.0$/,
  ce_id: /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$/,
  ce_source: /^\/(referrals|consent|notifications|directory|identity)$/,
  ce_time: instant,
  ce_subject: /^[a-z-]+\/[0-9a-f-]{36}$/,
  ce_dataschema: /^urn:schema:[a-z.-]+:[1-9]\d*$/,
  ce_partitionkey: uuid,
  ce_streamversion: /^[1-9]\d*$/,
  ce_actorrole: /^[a-z-]+$/,
  ce_correlationid: uuid,
  ce_traceparent: /^00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$/,
};

/** As an outside reader of the topics, who knows only the contract, finds them. */
describe('the events on the topics', () => {
  let deployment: TestDeployment;

  const events = (): Promise<readonly Message[]> =>
    withClient(deployment.adminUrl, async (client) => {
      const { rows } = await client.query<Message>(
        `select topic, partition, key, headers, value
         from embedded_transport.message order by topic, partition, "offset"`,
      );
      return rows.filter((each) => typeOf(each) !== 'consent.watermark');
    });

  // all readings differ, so that the test notices a second reading of the clock
  let readings = 0;
  const clock = { now: (): string => new Date(Date.now() + (readings += 1)).toISOString() };

  beforeAll(async () => {
    deployment = await openDeployment({ clock });
    await referralTravels(deployment);
    await deployment.settle();
  });
  afterAll(() => deployment.close());

  it('every event has every header of the envelope, in its form', async () => {
    const wrong = (await events()).flatMap((each) =>
      Object.entries(promisedHeaders)
        .filter(([name, form]) => !form.test(each.headers[name] ?? ''))
        .map(([name]) => `${typeOf(each)}: ${name} is ${each.headers[name] ?? 'missing'}`),
    );
    expect([...new Set(wrong)]).toEqual([]);
  });

  it('an event has the instant that its Task shows', async () => {
    const shownAs = new Map<string, keyof TaskView>([
      ['referral.task.drafted', 'createdAt'],
      ['referral.task.sent', 'sentAt'],
      ['referral.task.received', 'receivedAt'],
      ['referral.task.accepted', 'acceptedAt'],
      ['referral.task.completed', 'endedAt'],
      ['referral.task.declined', 'endedAt'],
    ]);
    const published = (await events()).filter((each) => shownAs.has(typeOf(each)));
    expect(new Set(published.map(typeOf)).size).toBe(shownAs.size);
    const cora = new Person(deployment, 'cora.coordinator');
    for (const each of published) {
      const { taskId } = JSON.parse(each.value) as { taskId: string };
      const shown = (await task(cora, taskId))[shownAs.get(typeOf(each)) as keyof TaskView];
      expect([typeOf(each), each.headers['ce_time']]).toEqual([typeOf(each), shown]);
    }
  });

  it('everything that one request caused is in one trace', async () => {
    const traces = Map.groupBy(await events(), ({ headers }) => headers['ce_correlationid']);
    const torn = [...traces.values()].filter(
      (caused) => new Set(caused.map(({ headers }) => headers['ce_traceparent']?.slice(3, 35))).size > 1,
    );
    expect(torn.flat().map(typeOf)).toEqual([]);
  });

  it('what a request caused in other services and by immediate timers has its correlation, and the event that caused it', async () => {
    const all = await events();
    const correlationOf = (type: string): unknown =>
      all.find((each) => typeOf(each) === type)?.headers['ce_correlationid'];
    const [declined, proposed] = ['referral.task.declined', 'referral.reroute.proposed'].map(correlationOf);
    expect([proposed, declined]).toEqual([declined, expect.stringMatching(uuid)]);
    // the platform sent employment, once its consent was there
    const byItself = all.filter(
      (each) => typeOf(each) === 'referral.task.sent' && each.headers['ce_causationid'] !== undefined,
    );
    const causes = byItself.map(({ headers }) =>
      all.find((each) => each.headers['ce_id'] === headers['ce_causationid']),
    );
    expect(causes.map((each) => each && typeOf(each))).toEqual(['consent.permission.changed']);
    expect(byItself.map(({ headers }) => headers['ce_correlationid'])).toEqual(
      causes.map((each) => each?.headers['ce_correlationid']),
    );
  });

  it('a stream stays in its partition, its key is the message key, and its versions have no gaps', async () => {
    const streams = Map.groupBy(await events(), ({ topic, key }) => `${topic}/${key ?? ''}`);
    const wrong = [...streams].filter(
      ([name, published]) =>
        new Set(published.map(({ partition }) => partition)).size > 1 ||
        published.some(({ headers }, i) => headers['ce_streamversion'] !== String(i + 1)) ||
        published.some(({ topic, headers }) => name !== `${topic}/${headers['ce_partitionkey'] ?? ''}`),
    );
    expect(wrong.map(([name]) => name)).toEqual([]);
  });
});

describe('the catalogue of events', () => {
  const schemaOf = (type: string): string => `libs/contracts/released/${type}.1.json`;

  it.each(catalogued)('%s is published with the fields that it promises', (type) => {
    expect(existsSync(schemaOf(type))).toBe(true);
    const { properties = {}, required = [] } = JSON.parse(readFileSync(schemaOf(type), 'utf8')) as {
      properties?: object;
      required?: readonly string[];
    };
    const promised = promisedFields(type);
    expect(Object.keys(properties)).toEqual(expect.arrayContaining(promised.map(({ name }) => name)));
    expect(promised.filter(({ name, always }) => required.includes(name) !== always)).toEqual([]);
  });
});
