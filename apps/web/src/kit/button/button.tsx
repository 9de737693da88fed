import type { ReactElement, ReactNode, Ref } from 'react';
import { Button as AriaButton, type ButtonProps as AriaButtonProps } from 'react-aria-components/Button';
import { Kbd } from '../kbd/kbd.tsx';
import styles from './button.module.css';

export interface ButtonProps extends Omit<AriaButtonProps, 'className' | 'style' | 'children'> {
  readonly children: ReactNode;
  /** `filled`: the one main act of a panel. `quiet`: an act beside others, without a border. `plain`: the rest. */
  readonly kind?: 'plain' | 'filled' | 'quiet';
  /** The key that does the same, drawn for the eye only: `?` lists the keys for everybody. */
  readonly keyHint?: string | undefined;
  /** Takes the whole line, as on a phone. */
  readonly isWide?: boolean;
  readonly ref?: Ref<HTMLButtonElement>;
}

/** A button of the kit; `onPress` hears pointer, touch, Enter and Space alike. */
export function Button({ kind = 'plain', keyHint, isWide = false, children, ...rest }: ButtonProps): ReactElement {
  return (
    <AriaButton {...rest} className={styles['button'] ?? ''} data-kind={kind} data-wide={isWide || undefined}>
      {keyHint === undefined ? null : <Kbd isHidden>{keyHint}</Kbd>}
      {children}
    </AriaButton>
  );
}
