import type { ReactElement } from 'react';
import { Spoken } from '../spoken/spoken.tsx';
import styles from './skeleton.module.css';

export interface SkeletonProps {
  /** Said by readers, once. */
  readonly label: string;
  readonly rows?: number;
  /** `row`: rows of a list, in their true height. `text`: lines of a panel. */
  readonly kind?: 'row' | 'text';
}

/** The room that content will take. It shows after 200 ms: what comes sooner does not flicker. */
export function Skeleton({ label, rows = 6, kind = 'row' }: SkeletonProps): ReactElement {
  return (
    <div role="status" className={styles['skeleton']} data-kind={kind}>
      <Spoken>{label}</Spoken>
      {Array.from({ length: rows }, (_, row) => (
        <div key={row} className={styles['row']} aria-hidden="true">
          <span className={styles['bar']} />
          {kind === 'row' ? <span className={styles['bar']} data-second /> : null}
        </div>
      ))}
    </div>
  );
}
