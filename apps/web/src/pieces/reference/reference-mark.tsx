import type { ReactElement } from 'react';
import { readable } from './reference.ts';
import styles from './reference-mark.module.css';

/** What people say on the telephone instead of a name. It is no word, so it is never translated. */
export function Reference({ reference }: { readonly reference: string }): ReactElement {
  return (
    <span className={styles['reference']} translate="no">
      {readable(reference)}
    </span>
  );
}
