import type { ReactElement, ReactNode } from 'react';
import styles from './facts.module.css';

export interface FactsProps {
  /** Those that are null or empty are left out. */
  readonly facts: readonly ReactNode[];
  /** In the size and colour of body text. */
  readonly isLoud?: boolean;
}

/** Short facts one after the other, set apart by dots; a dot never stands at the beginning or the end of a line. */
export function Facts({ facts, isLoud = false }: FactsProps): ReactElement | null {
  const there = facts.filter((fact) => fact !== null && fact !== undefined && fact !== '');
  if (there.length === 0) return null;
  return (
    <ul className={styles['facts']} data-loud={isLoud || undefined}>
      {there.map((fact, place) => (
        <li key={place}>{fact}</li>
      ))}
    </ul>
  );
}
