import type { ReactElement, ReactNode } from 'react';
import { Checkbox as AriaCheckbox } from 'react-aria-components/Checkbox';
import { CheckboxGroup as AriaCheckboxGroup } from 'react-aria-components/CheckboxGroup';
import { Frame, frameStyles, type FrameProps } from '../field/frame.tsx';
import styles from './choice.module.css';

export interface CheckboxProps {
  readonly id?: string;
  readonly children: ReactNode;
  /** A second line that says what the choice means. */
  readonly note?: ReactNode;
  readonly isSelected?: boolean;
  readonly onChange?: (isSelected: boolean) => void;
  /** Inside a `CheckboxGroup`. */
  readonly value?: string;
  readonly isDisabled?: boolean;
}

/** One thing that is so or not. */
export function Checkbox({ children, note, ...rest }: CheckboxProps): ReactElement {
  return (
    <AriaCheckbox {...rest} className={styles['option'] ?? ''}>
      <svg className={styles['box']} viewBox="0 0 20 20" aria-hidden="true">
        <rect x="1" y="1" width="18" height="18" rx="3" />
        <path d="M5 10.5 8.5 14 15 6.5" />
      </svg>
      <OptionText note={note}>{children}</OptionText>
    </AriaCheckbox>
  );
}

export interface CheckboxGroupProps extends FrameProps {
  readonly value: readonly string[];
  readonly onChange: (value: string[]) => void;
  readonly children: ReactNode;
  /** Side by side where there is room. */
  readonly isFlowing?: boolean;
}

/** Some of several. */
export function CheckboxGroup(props: CheckboxGroupProps): ReactElement {
  const { id, label, help, error, value, children, isFlowing = false, ...rest } = props;
  return (
    <AriaCheckboxGroup
      {...rest}
      id={id}
      value={[...value]}
      className={frameStyles.field}
      isInvalid={error !== undefined}
      validationBehavior="aria"
    >
      <Frame label={label} help={help} error={error}>
        <div className={styles['options']} data-flowing={isFlowing || undefined}>
          {children}
        </div>
      </Frame>
    </AriaCheckboxGroup>
  );
}

/** The words of an option, and under them what they mean. */
export function OptionText({ children, note }: Pick<CheckboxProps, 'children' | 'note'>): ReactElement {
  return (
    <span className={styles['text']}>
      <span>{children}</span>
      {note === undefined ? null : <span className={styles['note']}>{note}</span>}
    </span>
  );
}
