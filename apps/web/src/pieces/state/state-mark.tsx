import type { TaskState } from '#contracts/codes/task-state';
import type { ReactElement } from 'react';
import { Badge } from '../../kit/badge/badge.tsx';
import { codesWords } from '../../words/codes/codes.words.ts';
import { useDates, useNow, useWords } from '../../words/use-words.ts';
import { lookOf, secondLine, type SecondLine, type StateFacts } from './state.ts';

/** One of the six words, with its shape. */
export function StateMark({ state }: { readonly state: TaskState }): ReactElement {
  const say = useWords(codesWords);
  const { word, shape, tone } = lookOf(state);
  return (
    <Badge shape={shape} tone={tone}>
      {say(`word.${word}`)}
    </Badge>
  );
}

/** What stands under the word, as plain text. */
export function StateLine({ facts }: { readonly facts: StateFacts }): ReactElement | null {
  const textOf = useSecondLine();
  const line = secondLine(facts);
  return line === null ? null : <>{textOf(line)}</>;
}

/** Says a second line. */
export function useSecondLine(): (line: SecondLine) => string {
  const say = useWords(codesWords);
  const dates = useDates();
  const now = useNow();
  return (line) => {
    switch (line.says) {
      case 'owner':
        return line.owner;
      case 'state':
        return say(`state.${line.state}`);
      case 'appointment':
        return say('line.appointment', { moment: dates.moment(line.at, now) });
      case 'progress':
        return say(`progress.${line.progress}`);
      case 'outcome':
        return say(`outcome.${line.outcome}`);
      case 'hold': {
        const hold = say(`hold.${line.hold}`);
        return line.reviewOn === null ? hold : say('line.hold-review', { hold, day: dates.day(line.reviewOn, now) });
      }
      default:
        return say(`line.${line.says}`, 'reason' in line ? { reason: say(`reason.${line.reason}`) } : {});
    }
  };
}
