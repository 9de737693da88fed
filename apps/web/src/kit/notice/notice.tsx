import type { ReactElement, ReactNode } from 'react';
import styles from './notice.module.css';

export interface NoticeProps {
  /** `plain`: a fact. `soon`: act before long. `late`: something is wrong. `helped`: it went well. */
  readonly tone?: 'plain' | 'soon' | 'late' | 'helped';
  readonly title?: ReactNode;
  readonly children?: ReactNode;
  readonly actions?: ReactNode;
  /** Said by readers when it appears: `status` when they pause, `alert` at once. */
  readonly role?: 'status' | 'alert';
}

/** A band that says one thing and what to do about it. The words carry the tone, the colour repeats it. */
export function Notice({ tone = 'plain', title, children, actions, role }: NoticeProps): ReactElement {
  return (
    <div className={styles['notice']} data-tone={tone} role={role}>
      {title === undefined ? null : <p className={styles['title']}>{title}</p>}
      {children === undefined ? null : <div className={styles['body']}>{children}</div>}
      {actions === undefined ? null : <div className={styles['actions']}>{actions}</div>}
    </div>
  );
}
