import { actorRoles } from './codes/actor-role.ts';
import { ConsentWatermark } from './consent/consent.events.ts';
import type { EventClass } from './envelope.ts';
import { schemaIdOf, schemaOf } from './event-schema.ts';
import { eventClasses, partitionsPerTopic, topicOf, topics, type Topic } from './event-types.ts';

/** A part of the document: JSON in the form of AsyncAPI 3.0. */
type Part = Readonly<Record<string, unknown>>;

/** What an outside reader of the topics needs: the topics, the envelope and the fields of each event. */
export interface AsyncApi {
  readonly asyncapi: '3.0.0';
  readonly id: string;
  readonly info: Part;
  readonly defaultContentType: string;
  readonly channels: Readonly<Record<string, Part>>;
  readonly operations: Readonly<Record<string, Part>>;
  readonly components: {
    readonly messages: Readonly<Record<string, Part>>;
    readonly schemas: Readonly<Record<string, Part>>;
  };
}

const description = `Every fact of the platform as CloudEvents 1.0 in binary mode: the envelope in headers, the fields as JSON.
An event holds ids, codes, instants, counts and flags, and no client data.
Events of one stream have one key and come in the order of ce_streamversion; each comes at least once, so know it by ce_id.
Skip types and fields that you do not know: within a ce_dataschema only optional fields are ever added.
Schemas of earlier versions are in libs/contracts/released. In a shared cluster each topic has the prefix of its installation.`;

/** Builds the AsyncAPI 3.0 document of all topics (contract.md §3) from the event classes alone. */
export function asyncApi(): AsyncApi {
  return {
    asyncapi: '3.0.0',
    id: 'urn:closed-loop-referrals:events',
    info: {
      title: 'Closed-loop referrals: events',
      version: '1',
      description: description.replaceAll('\n', ' '),
      license: { name: 'Apache-2.0', url: 'https://www.apache.org/licenses/LICENSE-2.0' },
    },
    defaultContentType: 'application/json',
    channels: Object.fromEntries(topics.map((topic) => [serviceOf(topic), channelOf(topic)])),
    operations: Object.fromEntries(topics.map((topic) => [`${serviceOf(topic)}Publishes`, publishes(topic)])),
    components: {
      messages: Object.fromEntries(eventClasses.map((each) => [nameOf(each), messageOf(each)])),
      schemas: {
        [headersName]: headersSchema(eventHeaders),
        [watermarkHeadersName]: headersSchema(watermarkHeaders),
        ...Object.fromEntries(eventClasses.map((each) => [nameOf(each), payloadOf(each)])),
      },
    },
  };
}

const headersName = 'EventHeaders';
const watermarkHeadersName = 'WatermarkHeaders';

/** `referrals.events` is what `referrals` publishes. */
function serviceOf(topic: Topic): string {
  return topic.replace(/\.events$/, '');
}

/** As in `ce_dataschema`: the type, and the version of its fields. */
function nameOf(eventClass: EventClass): string {
  return `${eventClass.type}.${eventClass.schemaVersion}`;
}

function classesIn(topic: Topic): readonly EventClass[] {
  return eventClasses.filter(({ type }) => topicOf(type) === topic);
}

function channelOf(topic: Topic): Part {
  return {
    address: topic,
    description: `The events of ${serviceOf(topic)}.`,
    messages: Object.fromEntries(
      classesIn(topic).map((each) => [nameOf(each), { $ref: `#/components/messages/${nameOf(each)}` }]),
    ),
    bindings: { kafka: { topic, partitions: partitionsPerTopic, bindingVersion: '0.5.0' } },
  };
}

function publishes(topic: Topic): Part {
  const channel = serviceOf(topic);
  return { action: 'send', channel: { $ref: `#/channels/${channel}` }, summary: `${channel} publishes an event.` };
}

function messageOf(eventClass: EventClass): Part {
  const isWatermark = eventClass.type === ConsentWatermark.type;
  const headers = isWatermark ? watermarkHeadersName : headersName;
  return {
    name: eventClass.type,
    title: eventClass.name,
    ...(isWatermark ? { description: watermark } : {}),
    contentType: 'application/json',
    headers: {
      type: 'object',
      allOf: [{ $ref: `#/components/schemas/${headers}` }],
      properties: {
        ce_type: { const: eventClass.type },
        ce_source: { const: `/${serviceOf(topicOf(eventClass.type))}` },
        ce_dataschema: { const: schemaIdOf(eventClass) },
      },
    },
    payload: { $ref: `#/components/schemas/${nameOf(eventClass)}` },
    bindings: { kafka: { ...(isWatermark ? {} : { key: streamKey }), bindingVersion: '0.5.0' } },
  };
}

const watermark =
  'Sent to every partition without a key: everything that happened up to asOf has been sent before this message.';
const streamKey = { type: 'string', description: 'The stream that the event belongs to, as in ce_partitionkey.' };

/** The released schema without the header keywords of a JSON Schema file, which it does not need inside this document. */
function payloadOf(eventClass: EventClass): Part {
  const { title, type, properties, required } = schemaOf(eventClass);
  return { title, type, properties, required };
}

const text = (says: string, more: Part = {}): Part => ({ type: 'string', description: says, ...more });

/** All headers are texts, numbers too. */
const watermarkHeaders: Readonly<Record<string, Part>> = {
  'content-type': text('The media type of the value.', { const: 'application/json' }),
  ce_specversion: text('CloudEvents.', { const: '1.0' }),
  ce_id: text('The id of the event; the same each time it is sent.', { format: 'uuid' }),
  ce_type: text('What happened.'),
  ce_source: text('The service that published it.', { pattern: '^/[a-z]+$' }),
  ce_time: text('When it happened.', { format: 'date-time' }),
  ce_dataschema: text('The type and schema version of the fields.', { pattern: '^urn:schema:[a-z.-]+:[1-9][0-9]*$' }),
};

const eventHeaders: Readonly<Record<string, Part>> = {
  ...watermarkHeaders,
  ce_subject: text('The thing that it happened to, such as task/<id>.', { pattern: '^[a-z-]+/.+$' }),
  ce_partitionkey: text('The stream: the message key.'),
  ce_streamversion: text('The place of the event in its stream, from 1 without gaps.', { pattern: '^[1-9][0-9]*$' }),
  ce_actorrole: text('The role of who did it; `system` and `timer` are the platform itself.', { enum: actorRoles }),
  ce_correlationid: text('The same for everything that one request caused.'),
  ce_actorid: text('The person or system-client; absent if the platform itself did it.'),
  ce_actororg: text('Their organization; absent if they have none.', { format: 'uuid' }),
  ce_causationid: text('The event that caused this one; absent if there is none.'),
  ce_traceparent: text('W3C trace context: that of the request, or one derived from its correlation id.'),
};

const optionalHeaders: readonly string[] = ['ce_actorid', 'ce_actororg', 'ce_causationid', 'ce_traceparent'];

function headersSchema(properties: Readonly<Record<string, Part>>): Part {
  const required = Object.keys(properties).filter((name) => !optionalHeaders.includes(name));
  return { type: 'object', properties, required };
}
