import type { Openness } from '#contracts/codes/openness';
import type { ReactElement, ReactNode } from 'react';
import { Shape } from '../../kit/badge/shape.tsx';
import { Spoken } from '../../kit/spoken/spoken.tsx';
import { codesWords } from '../../words/codes/codes.words.ts';
import { permissionWords } from '../../words/codes/permission.words.ts';
import { useDates, useNow, useWords } from '../../words/use-words.ts';
import { isOld, weigh, type ReasonGiven } from './candidate.ts';
import styles from './candidate-facts.module.css';

export interface CandidateFactsProps {
  readonly openness: Openness;
  /** When the agency last said so. */
  readonly opennessAt: string;
  readonly reasons: readonly ReasonGiven[];
  /** Whether the permission covers this agency; absent where that is not asked yet. */
  readonly isPermitted?: boolean;
}

/** Under the name of an agency: whether it has space and since when, and what speaks for and against asking it. */
export function CandidateFacts({ openness, opennessAt, reasons, isPermitted }: CandidateFactsProps): ReactElement {
  const sayCode = useWords(codesWords);
  const say = useWords(permissionWords);
  const dates = useDates();
  const now = useNow();
  const weighed = weigh(reasons);
  const age = isOld(opennessAt, now) ? 'old' : 'fresh';
  const said = { openness: sayCode(`openness.${openness}`), ago: dates.ago(opennessAt, now) };
  return (
    <div className={styles['facts']}>
      <p className={styles['said']} data-age={age}>
        {say(`candidate-said.${age}`, said)}
      </p>
      <ul className={styles['reasons']}>
        {weighed.for.map((code) => (
          <Weight key={code} speaks="for" word={say('speaks.for')}>
            {say(`candidate.${code}.for`)}
          </Weight>
        ))}
        {weighed.against.map((code) => (
          <Weight key={code} speaks="against" word={say('speaks.against')}>
            {say(`candidate.${code}.against`)}
          </Weight>
        ))}
        {isPermitted === undefined ? null : (
          <Weight speaks={isPermitted ? 'for' : 'against'} word={say(isPermitted ? 'speaks.for' : 'speaks.against')}>
            {say(`candidate-permission.${isPermitted ? 'covers' : 'missing'}`)}
          </Weight>
        )}
      </ul>
    </div>
  );
}

interface WeightProps {
  readonly speaks: 'for' | 'against';
  readonly word: string;
  readonly children: ReactNode;
}

function Weight({ speaks, word, children }: WeightProps): ReactElement {
  return (
    <li className={styles['reason']} data-speaks={speaks}>
      <Shape name={speaks} />
      <Spoken>{word}</Spoken> {children}
    </li>
  );
}
