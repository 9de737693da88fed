import type { ReactElement, ReactNode } from 'react';
import styles from './spoken.module.css';

/** Text for screen readers only; it takes no room on the page. */
export function Spoken({ children }: { readonly children: ReactNode }): ReactElement {
  return <span className={styles['spoken']}>{children}</span>;
}
