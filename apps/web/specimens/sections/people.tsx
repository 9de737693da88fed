import { needs } from '#contracts/codes/need';
import type { ReactElement } from 'react';
import { CandidateFacts } from '../../src/pieces/candidate/candidate-facts.tsx';
import { NeedName } from '../../src/pieces/need/need-name.tsx';
import { PermissionText } from '../../src/pieces/permission-sentence/permission-text.tsx';
import { useBirth, usePersonName } from '../../src/pieces/person-label/person-name.ts';
import { Reference } from '../../src/pieces/reference/reference-mark.tsx';
import { Timeline } from '../../src/pieces/timeline/timeline-list.tsx';
import { happened, labels, nameOf } from '../people.ts';
import styles from '../specimens.module.css';

const permission = {
  agency: 'Harbor House',
  sender: 'St. Brigid Hospital',
  categories: ['core-contact', 'stated-need', 'functional-needs'],
  returnPath: 'status',
  until: '2027-11-28',
} as const;

export function People(): ReactElement {
  const name = usePersonName();
  const birth = useBirth();
  return (
    <div className={`${styles['card']} ${styles['columns']}`}>
      <ul className={styles['lines']}>
        {labels.map((label, place) => (
          <li key={place}>
            <strong>{name(label)}</strong> <span className={styles['quiet']}>{birth(label)}</span>
          </li>
        ))}
        {needs.map((need) => (
          <li key={need}>
            <NeedName need={need} isPlain /> <Reference reference="K74Q2M9P" />
          </li>
        ))}
      </ul>
      <div className={styles['stack']}>
        <div>
          <strong>{permission.agency}</strong>
          <CandidateFacts
            openness="open"
            opennessAt="2026-12-01T13:00:00Z"
            isPermitted
            reasons={[
              { code: 'serves-area', speaksFor: true },
              { code: 'open', speaksFor: true },
              { code: 'speaks-language', speaksFor: true },
            ]}
          />
        </div>
        <div>
          <strong>{nameOf('st-brigid')}</strong>
          <CandidateFacts
            openness="waitlist"
            opennessAt="2026-11-22T15:00:00Z"
            isPermitted={false}
            reasons={[
              { code: 'outside-area', speaksFor: false },
              { code: 'waitlist', speaksFor: false },
            ]}
          />
        </div>
        <PermissionText facts={permission} />
        <PermissionText facts={{ ...permission, categories: [] }} />
        <PermissionText facts={{ ...permission, endedOn: '2026-12-03' }} />
      </div>
      <Timeline items={happened} nameOf={nameOf} />
    </div>
  );
}
