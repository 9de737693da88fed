import type { DueGroup } from '#contracts/codes/due-group';
import { timerNames } from '#contracts/codes/timer-name';
import type { ReactElement } from 'react';
import { Due } from '../../src/pieces/due/due-mark.tsx';
import { StateLine, StateMark } from '../../src/pieces/state/state-mark.tsx';
import type { StateFacts } from '../../src/pieces/state/state.ts';
import styles from '../specimens.module.css';

const shown: readonly StateFacts[] = [
  { state: 'draft', side: 'sender' },
  { state: 'awaiting-consent', side: 'sender' },
  { state: 'sent', side: 'sender' },
  { state: 'sent', side: 'agency', assignment: 'pool' },
  { state: 'received', side: 'agency', owner: null },
  { state: 'info-requested', side: 'sender' },
  { state: 'decline-review', side: 'coordinator', reason: 'no-capacity' },
  { state: 'accepted', side: 'sender', owner: 'Ines' },
  { state: 'in-progress', side: 'agency', subState: 'appointment-booked', appointmentAt: '2026-12-08T21:00:00Z' },
  { state: 'in-progress', side: 'agency', subState: 'no-show' },
  { state: 'in-progress', side: 'agency', withdrawalRequestedAt: '2026-12-01T14:00:00Z' },
  { state: 'on-hold', side: 'agency', subState: 'waitlisted', reviewOn: '2026-12-04' },
  { state: 'on-hold', side: 'sender', subState: 'consent-suspended' },
  { state: 'completed', side: 'sender', outcome: 'housed' },
  { state: 'declined', side: 'sender', reason: 'no-capacity' },
  { state: 'declined', side: 'sender', reason: 'not-eligible', afterAcceptance: true },
  { state: 'redirected', side: 'sender' },
  { state: 'withdrawn', side: 'agency', reason: 'client-declined' },
  { state: 'expired', side: 'sender', reason: 'no-response' },
  { state: 'not-completed', side: 'sender', reason: 'unable-to-contact' },
  { state: 'entered-in-error', side: 'sender' },
];

const dues: readonly (readonly [string, DueGroup])[] = [
  ['2026-11-28T15:00:00Z', 'critically-overdue'],
  ['2026-12-01T11:00:00Z', 'overdue'],
  ['2026-12-01T23:00:00Z', 'due-soon'],
  ['2026-12-03T23:00:00Z', 'not-due'],
  ['2026-12-15T19:30:00Z', 'not-due'],
];

export function States(): ReactElement {
  return (
    <div className={styles['card']}>
      <ul className={styles['states']}>
        {shown.map((facts, place) => (
          <li key={place} className={styles['state']}>
            <StateMark state={facts.state} />
            <small>
              <StateLine facts={facts} />
            </small>
          </li>
        ))}
      </ul>
      <ul className={styles['states']}>
        {dues.map(([dueAt, dueGroup]) => (
          <li key={dueAt}>
            <Due facts={{ dueAt, dueGroup, dueTimer: null }} />
          </li>
        ))}
        <li>
          <Due
            facts={{
              dueAt: '2026-12-03T23:00:00Z',
              dueGroup: 'not-due',
              dueTimer: null,
              pausedAt: '2026-12-01T11:00:00Z',
            }}
          />
        </li>
      </ul>
      <ul className={styles['states']}>
        {timerNames.map((dueTimer, place) => (
          <li key={dueTimer}>
            <Due
              isNamed
              facts={{
                dueAt: place % 2 === 0 ? '2026-12-03T23:00:00Z' : '2026-12-01T11:00:00Z',
                dueGroup: 'not-due',
                dueTimer,
              }}
            />
          </li>
        ))}
      </ul>
    </div>
  );
}
