import type { ReactElement, ReactNode } from 'react';
import { Facts } from '../facts/facts.tsx';
import styles from './row.module.css';

export interface RowProps {
  /** What the row is about, with its link; the link fills the row. */
  readonly name: ReactNode;
  /** What is due, at the end of the first line. */
  readonly due?: ReactNode;
  /** The state and other facts that have values; they are set apart by dots. */
  readonly facts?: readonly ReactNode[];
  /** Buttons of the row. */
  readonly acts?: ReactNode;
  /** A box to select the row with. */
  readonly select?: ReactNode;
}

/** Two lines in roomy density, one in compact where there is room. */
export function Row({ name, due, facts = [], acts, select }: RowProps): ReactElement {
  return (
    <div className={styles['row']}>
      {select === undefined ? null : <div className={styles['above']}>{select}</div>}
      <div className={styles['text']}>
        <div className={styles['name']}>{name}</div>
        {due === undefined ? null : <div className={styles['due']}>{due}</div>}
        <div className={styles['facts']}>
          <Facts facts={facts} />
        </div>
      </div>
      {acts === undefined ? null : <div className={`${styles['above']} ${styles['acts']}`}>{acts}</div>}
    </div>
  );
}
