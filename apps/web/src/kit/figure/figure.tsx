import type { ReactElement, ReactNode } from 'react';
import { Shape } from '../badge/shape.tsx';
import styles from './figure.module.css';

export interface FigureProps {
  /** The number as it is read: "1,000 or more". */
  readonly value: string;
  readonly children: ReactNode;
  /** What the figure counts, as a list: each figure is a link to its filter. */
  readonly href?: string;
  readonly isLate?: boolean;
}

/** A number with its words: "3 declines to review". */
export function Figure({ value, children, href, isLate = false }: FigureProps): ReactElement {
  const content = (
    <>
      {isLate ? <Shape name="flag" /> : null}
      <span className={styles['value']}>{value}</span> <span>{children}</span>
    </>
  );
  return href === undefined ? (
    <span className={styles['figure']} data-late={isLate || undefined}>
      {content}
    </span>
  ) : (
    <a href={href} className={styles['figure']} data-late={isLate || undefined}>
      {content}
    </a>
  );
}
