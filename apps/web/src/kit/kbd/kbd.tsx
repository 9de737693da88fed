import type { ReactElement } from 'react';
import styles from './kbd.module.css';

export interface KbdProps {
  readonly children: string;
  /** Beside a word that already says the act: readers skip it. */
  readonly isHidden?: boolean;
}

/** A key of the keyboard, as it is printed on it. */
export function Kbd({ children, isHidden = false }: KbdProps): ReactElement {
  return (
    <kbd className={styles['kbd']} aria-hidden={isHidden || undefined}>
      {children}
    </kbd>
  );
}
