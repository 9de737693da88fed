import { eventClasses, topicOf, topics, type Topic } from '#contracts';
import { groupsOfAll, type Group } from './groups.ts';
import { codes, document, mermaid, table } from './markdown.ts';

/** Who publishes which event, from the registry of events; who reads it, from the `@Reads` metadata of the controllers. */
export function eventFlowDocument(): string {
  const groups = groupsOfAll();
  const types = [...new Set(eventClasses.map(({ type }) => type))];
  return document(
    'Which events go where',
    'From the registry of events and the `@Reads` decorators. A service publishes in the topic of its name; a group is one ' +
      'purpose of one service, and reads each event at least once, in the order of its stream.',
    mermaid(diagram(types, groups)),
    '## Every group',
    table(
      ['Group', 'Reads', 'How'],
      groups.map(({ name, types: read, modes }) => [`\`${name}\``, readBy(types, read), [...modes].join(', ')]),
    ),
    '## Every event',
    table(
      ['Event', 'Topic', 'Read by'],
      types.map((type) => [
        `\`${type}\``,
        `\`${topicOf(type)}\``,
        codes(readersOf(type, groups)) || 'nobody in the platform',
      ]),
    ),
  );
}

function diagram(types: readonly string[], groups: readonly Group[]): readonly string[] {
  const publishers = topics.map((topic) => {
    const count = types.filter((type) => topicOf(type) === topic).length;
    const service = topic.replace(/\.events$/, '');
    return `  ${service}[${service}] --> ${idOf(topic)}[("${topic}<br>${count === 1 ? '1 type' : `${count} types`}")]`;
  });
  const readers = groups.flatMap(({ service, name, types: read }) => [
    `  ${idOf(name)}(["${name}"]) --> to_${service}[${service}]`,
    ...topics.flatMap((topic) => edge(topic, name, types, read)),
  ]);
  return ['flowchart LR', ...publishers, ...readers];
}

function edge(topic: Topic, group: string, types: readonly string[], read: ReadonlySet<string>): readonly string[] {
  const carried = types.filter((type) => topicOf(type) === topic);
  const taken = carried.filter((type) => read.has(type));
  if (taken.length === 0) return [];
  const words = taken.length === carried.length ? 'all' : `${taken.length} of ${carried.length}`;
  return [`  ${idOf(topic)} -- "${words}" --> ${idOf(group)}`];
}

function readBy(types: readonly string[], read: ReadonlySet<string>): string {
  return topics
    .flatMap((topic) => {
      const carried = types.filter((type) => topicOf(type) === topic);
      const taken = carried.filter((type) => read.has(type));
      if (taken.length === carried.length) return [`all of \`${topic}\``];
      return taken.length === 0 ? [] : [codes(taken)];
    })
    .join(', ');
}

function readersOf(type: string, groups: readonly Group[]): readonly string[] {
  return groups.filter(({ types }) => types.has(type)).map(({ name }) => name);
}

function idOf(name: string): string {
  return name.replaceAll(/[.-]/g, '_');
}
