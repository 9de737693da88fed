import type { ReactElement } from 'react';
import styles from './badge.module.css';

/** The six shapes of a state (an end has two), the flag of what is late, and what speaks for or against something. */
export type ShapeName =
  ('ring' | 'triangle' | 'half' | 'disc' | 'bars' | 'check' | 'cross') | 'flag' | ('for' | 'against');

/** A shape of 12 px that differs from the others without colour. Readers skip it, because its word stands beside it. */
export function Shape({ name }: { readonly name: ShapeName }): ReactElement {
  return (
    <svg className={styles['shape']} data-shape={name} viewBox="0 0 12 12" aria-hidden="true" focusable="false">
      {drawings[name]}
    </svg>
  );
}

const tick = <path d="M1.5 6.5 4.5 9.5 10.5 2.75" className={styles['line']} />;
const square = <rect x="0.75" y="0.75" width="10.5" height="10.5" rx="1.5" className={styles['line']} />;

const drawings: Readonly<Record<ShapeName, ReactElement>> = {
  ring: <circle cx="6" cy="6" r="5" className={styles['line']} strokeDasharray="2.1 1.83" />,
  triangle: <path d="M2.25 1.25 10.5 6 2.25 10.75Z" className={styles['line']} />,
  half: (
    <>
      <circle cx="6" cy="6" r="5.25" className={styles['line']} />
      <path d="M6 0.75A5.25 5.25 0 0 0 6 11.25Z" className={styles['fill']} />
    </>
  ),
  disc: <circle cx="6" cy="6" r="5.75" className={styles['fill']} />,
  bars: <path d="M1.75 1H4.75V11H1.75ZM7.25 1H10.25V11H7.25Z" className={styles['fill']} />,
  check: (
    <>
      {square}
      <path d="M3 6.25 5.25 8.5 9 3.75" className={styles['line']} />
    </>
  ),
  cross: (
    <>
      {square}
      <path d="M3.5 3.5 8.5 8.5M8.5 3.5 3.5 8.5" className={styles['line']} />
    </>
  ),
  for: tick,
  against: <path d="M6 1.5V7.25M6 10.25V10.5" className={styles['line']} />,
  flag: (
    <>
      <path d="M2.5 0.75V11.5" className={styles['line']} />
      <path d="M2.5 1H11L8.75 4 11 7H2.5Z" className={styles['fill']} />
    </>
  ),
};
