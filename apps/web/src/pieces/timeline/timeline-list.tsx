import type { TimelineItemView } from '#contracts';
import type { ReactElement } from 'react';
import { Facts } from '../../kit/facts/facts.tsx';
import { codesWords } from '../../words/codes/codes.words.ts';
import { eventsWords } from '../../words/codes/events.words.ts';
import { useDates, useNow, useWords } from '../../words/use-words.ts';
import { NeedName } from '../need/need-name.tsx';
import { linesOf, type Actor, type Detail } from './timeline.ts';
import styles from './timeline-list.module.css';

export interface TimelineProps {
  readonly items: readonly TimelineItemView[];
  /** The need to show alone; absent: all, and each line names its need. */
  readonly serviceRequestId?: string | null;
  /** The name of a person or an organization; null while it is not known. */
  readonly nameOf: (id: string) => string | null;
}

/** What happened, newest first: a title, who, when. Not what to do. */
export function Timeline({ items, serviceRequestId = null, nameOf }: TimelineProps): ReactElement {
  const say = useWords(eventsWords);
  const dates = useDates();
  const now = useNow();
  const detailText = useDetailText();
  const actorText = (actor: Actor): string => {
    if (actor.by !== 'person') return say(`by.${actor.by}`);
    const [who, where] = [actor.personId, actor.organizationId].map((id) => (id === null ? null : nameOf(id)));
    return typeof who === 'string' && typeof where === 'string' ? say('by', { who, where }) : (who ?? where ?? '');
  };
  return (
    <ol className={styles['timeline']}>
      {linesOf(items, serviceRequestId).map(({ key, type, at, need, actor, details }) => (
        <li key={key} className={styles['line']}>
          <Facts
            isLoud
            facts={[
              <strong key="title">
                {say(`referral.${type.replace('referral.', '')}` as Parameters<typeof say>[0])}
              </strong>,
              ...details.map(detailText),
            ]}
          />
          <Facts
            facts={[
              need === null || serviceRequestId !== null ? null : <NeedName key="need" need={need} />,
              actorText(actor),
              <time key="at" dateTime={at}>
                {dates.moment(at, now)}
              </time>,
            ]}
          />
        </li>
      ))}
    </ol>
  );
}

function useDetailText(): (detail: Detail) => string {
  const say = useWords(codesWords);
  const sayEvent = useWords(eventsWords);
  return (detail) => {
    switch (detail.says) {
      case 'reason':
        return say(`reason.${detail.reason}`);
      case 'outcome':
        return say(`outcome.${detail.outcome}`);
      case 'progress':
        return say(`progress.${detail.progress}`);
      case 'hold':
        return say(`hold.${detail.hold}`);
      case 'attempt':
        return sayEvent(detail.reached ? 'attempt.reached' : 'attempt.not-reached');
    }
  };
}
