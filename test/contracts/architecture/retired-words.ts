import type { SourceFile } from './source-files.ts';
import type { TextRule } from './text-rule.ts';

interface RetiredWord {
  /** Matches the word in code, comments and titles. */
  readonly pattern: RegExp;
  /** What docs/glossary.md says instead. */
  readonly instead: string;
}

const retiredWords: readonly RetiredWord[] = [
  {
    pattern: /\b(?:un)?told\b|(?<![A-Z])Told(?![a-z])/,
    instead: 'notified, published, reported; or an answer, an event',
  },
  { pattern: /\btelling\b|(?<![A-Z])Tellings?(?![a-z])/, instead: 'dispatch, notification, delivery' },
  { pattern: /\b(?:un)?heard\b(?!-)|(?<![A-Z])Heard(?![a-z])/, instead: 'received, read, handled, undelivered' },
  { pattern: /\b(?:the|this|our|a|whole) house\b/i, instead: 'platform, deployment, system actor' },
  { pattern: /\banew\b/, instead: 'again' },
  { pattern: /\bOccasion\b/, instead: 'dispatch' },
  { pattern: /\bStanding\b|\bstandingOf\b/, instead: 'task context, need status, board status' },
  { pattern: /\bAsked\b/, instead: 'transition request, parsed query' },
  { pattern: /\b(?:Bell|InRounds|Rounds)\b/, instead: 'WakeSignal, PollingWorker, PollingLoop' },
  { pattern: /\b[Rr]ungs?\b|\b[Ll]adders?\b/, instead: 'escalation step, escalation schedule' },
  { pattern: /\b(?:rescope|doneBy|sightOf|sightAnew)\b/, instead: 'useScope, decided, visibility' },
];

/** Names on the wire and on disk stay: policies, statements, classes of migrations, a column of one statement. */
const onDisk =
  /create policy told\b|'people told of event'|\b\w+Told\d{13}\b|\.\/migrations\/[a-z-]+\.migration\.ts|\bas unheard\b|readonly unheard: boolean|entry\.unheard|unheard: _/g;

/** Migrations keep what was applied; generated descriptions and these tests quote retired words. */
const exempt = /\/migrations\/|\/described-statements\.ts$|^test\/contracts\/(?:architecture|citations)\//;

/** Words that named several things, or said nothing to a reader, do not come back in code, comments or titles. */
export const retiredWordsStayAway: TextRule = {
  name: 'retired-words-stay-away',
  breaches: (files) => files.filter(({ path }) => !exempt.test(path)).flatMap(breachesOf),
};

function breachesOf({ path, text }: SourceFile): readonly string[] {
  return [path, ...text.replaceAll(onDisk, '').split('\n')].flatMap((line, number) =>
    retiredWords.flatMap(({ pattern, instead }) => {
      const found = pattern.exec(line);
      return found === null ? [] : [`${path}:${number}: ${found[0]}; say ${instead} (docs/glossary.md)`];
    }),
  );
}
