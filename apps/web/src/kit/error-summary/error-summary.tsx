import { useEffect, useRef, type ReactElement } from 'react';
import styles from './error-summary.module.css';

export interface FieldProblem {
  /** The `id` of the field. */
  readonly field: string;
  readonly message: string;
}

export interface ErrorSummaryProps {
  readonly title: string;
  readonly problems: readonly FieldProblem[];
}

/**
 * What must be changed before a form can go on, above the form, with the words that stand at the fields. It takes the
 * focus whenever the form was refused: give it another `key` for each attempt.
 */
export function ErrorSummary({ title, problems }: ErrorSummaryProps): ReactElement | null {
  const summary = useRef<HTMLDivElement>(null);
  useEffect(() => {
    summary.current?.focus();
  }, []);
  return (
    <div ref={summary} className={styles['summary']} role="group" aria-labelledby="error-summary-title" tabIndex={-1}>
      <h2 id="error-summary-title" className={styles['title']}>
        {title}
      </h2>
      <ul className={styles['list']}>
        {problems.map(({ field, message }) => (
          <li key={field}>
            <a
              href={`#${field}`}
              onClick={(event) => {
                event.preventDefault();
                focusField(field);
              }}
            >
              {message}
            </a>
          </li>
        ))}
      </ul>
    </div>
  );
}

const inputs = 'input, textarea, select, button, [role="spinbutton"], [tabindex="0"]';

/** A group of fields cannot have the focus; its first field can. */
function focusField(id: string): void {
  const found = document.getElementById(id);
  const target = found?.matches(inputs) === true ? found : found?.querySelector<HTMLElement>(inputs);
  found?.scrollIntoView({ block: 'center' });
  target?.focus({ preventScroll: true });
}
