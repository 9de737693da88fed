import { useLayoutEffect, useRef, type ReactElement, type ReactNode } from 'react';
import { Button } from '../button/button.tsx';
import { Spoken } from '../spoken/spoken.tsx';
import styles from './toast-line.module.css';

export interface ToastLineProps {
  /** The name of the place, for readers that jump between landmarks. */
  readonly label: string;
  /** What the eye sees; it may count the seconds. */
  readonly children: ReactNode;
  /** What readers say, once: it must not change while the line stands. */
  readonly spoken: string;
  readonly action?: { readonly label: string; readonly keyHint?: string; readonly onPress: () => void };
}

/**
 * The line at the bottom: "You accept R.V. Sending in 4 seconds. Undo". The library's toast is not used: there is one line
 * at a time, its end comes from the act and not from a clock of its own, and a status is all that readers need.
 */
export function ToastLine({ label, children, spoken, action }: ToastLineProps): ReactElement {
  const line = useRef<HTMLElement>(null);
  useReturnedFocus(line);
  return (
    <section ref={line} className={styles['line']} aria-label={label} data-print="never">
      <p className={styles['text']} aria-hidden="true">
        {children}
      </p>
      <Spoken>
        <span role="status">{spoken}</span>
      </Spoken>
      {action === undefined ? null : (
        <Button keyHint={action.keyHint} onPress={action.onPress}>
          {action.label}
        </Button>
      )}
    </section>
  );
}

/** When the line goes while its button has the focus, the focus returns to where it came from. */
function useReturnedFocus(line: { readonly current: HTMLElement | null }): void {
  // a layout effect ends while the line is still on the page
  useLayoutEffect(() => {
    const element = line.current;
    let before: Element | null = null;
    const remember = (event: FocusEvent): void => {
      before = event.relatedTarget instanceof Element ? event.relatedTarget : before;
    };
    element?.addEventListener('focusin', remember);
    return () => {
      element?.removeEventListener('focusin', remember);
      if (element?.contains(document.activeElement) === true && before instanceof HTMLElement) before.focus();
    };
  }, [line]);
}
