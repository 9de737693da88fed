import type { ReactElement, ReactNode } from 'react';
import { Shape, type ShapeName } from './shape.tsx';
import styles from './badge.module.css';

export type Tone = 'waiting' | 'accent' | 'soon' | 'late' | 'helped' | 'quiet';

export interface BadgeProps {
  readonly shape: ShapeName;
  readonly tone: Tone;
  readonly children: ReactNode;
}

/** A word with its shape; the colour only repeats both. */
export function Badge({ shape, tone, children }: BadgeProps): ReactElement {
  return (
    <span className={styles['badge']} data-tone={tone}>
      <Shape name={shape} />
      <span>{children}</span>
    </span>
  );
}
