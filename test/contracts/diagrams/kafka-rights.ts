import { topicOf, topics } from '#contracts';
import { services } from '../../../apps/platform/src/services.ts';
import { groupsOfAll } from './groups.ts';
import { codes, document, table } from './markdown.ts';

/** Exactly the rights that the login of one service needs in the cluster. */
export interface KafkaRights {
  readonly service: string;
  /** Topics that it creates and writes; identity and directory have one, too. */
  readonly writes: readonly string[];
  readonly groups: readonly { readonly group: string; readonly topics: readonly string[] }[];
}

export function kafkaRights(): readonly KafkaRights[] {
  const groups = groupsOfAll();
  return services.map(({ name: service }) => ({
    service,
    writes: topics.includes(`${service}.events` as never) ? [`${service}.events`] : [],
    groups: groups
      .filter((each) => each.service === service)
      .map(({ name, types }) => ({ group: name, topics: [...new Set([...types].map(topicOf))].sort() })),
  }));
}

/** Every topic that the service's groups read. */
export function topicsRead({ groups }: KafkaRights): readonly string[] {
  return [...new Set(groups.flatMap((each) => each.topics))].sort();
}

export function kafkaRightsDocument(): string {
  return document(
    'What each service may do in Kafka',
    'From the registry of events and the `@Reads` decorators: the rules (ACLs) of a cluster that each service signs in to ' +
      'by a login of its own. With `KAFKA_PREFIX` every name has the prefix before it. Whatever is not here is refused.',
    table(
      ['Service', 'Create, Describe, Write on topic', 'Read, Describe on topic', 'Read, Describe on group'],
      kafkaRights().map((rights) => [
        `\`${rights.service}\``,
        codes(rights.writes),
        codes(topicsRead(rights)),
        codes(rights.groups.map(({ group }) => group)),
      ]),
    ),
  );
}
