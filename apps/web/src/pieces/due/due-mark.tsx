import type { ReactElement } from 'react';
import { Badge } from '../../kit/badge/badge.tsx';
import { codesWords } from '../../words/codes/codes.words.ts';
import { useDates, useNow, useWords } from '../../words/use-words.ts';
import { dueMark, type DueFacts } from './due.ts';
import styles from './due-mark.module.css';

export interface DueProps {
  readonly facts: DueFacts;
  /** Says what is due as well: "Acknowledge by Thursday 5 pm (in 2 days)". A row says only when. */
  readonly isNamed?: boolean;
  /** In a group of what is due soon, which need not be said again. */
  readonly isGrouped?: boolean;
}

/** "4 hours late" with its flag, "by Thursday 5 pm"; the words change by themselves as time passes. */
export function Due({ facts, isNamed = false, isGrouped = false }: DueProps): ReactElement | null {
  const say = useWords(codesWords);
  const dates = useDates();
  const now = useNow();
  const mark = dueMark(facts, now);
  if (mark === null) return null;
  if (mark.says === 'paused') return <span className={styles['plain']}>{say('due.paused')}</span>;
  const named = isNamed ? facts.dueTimer : null;
  if (mark.says === 'late') {
    const late = dates.late(mark.dueAt, now);
    return (
      <Badge shape="flag" tone="late">
        {named === null ? late : say(`timer.${named}.late`, { late })}
      </Badge>
    );
  }
  const isSoon = mark.tone === 'soon' && !isGrouped;
  return (
    <span className={styles['plain']} data-soon={isSoon || undefined}>
      {named === null ? dates.until(mark.dueAt, now) : say(`timer.${named}.by`, { by: dates.by(mark.dueAt, now) })}
      {isSoon ? <strong className={styles['soon']}>{say('due.soon')}</strong> : null}
    </span>
  );
}
