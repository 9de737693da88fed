import type { ReactElement, ReactNode } from 'react';
import { Radio as AriaRadio, RadioGroup as AriaRadioGroup } from 'react-aria-components/RadioGroup';
import { Frame, frameStyles, type FrameProps } from '../field/frame.tsx';
import { OptionText } from './checkbox.tsx';
import styles from './choice.module.css';

export interface RadioGroupProps extends FrameProps {
  /** `null` while nothing is chosen. */
  readonly value: string | null;
  readonly onChange: (value: string) => void;
  readonly children: ReactNode;
  readonly isFlowing?: boolean;
}

/** Exactly one of a few, all of which are seen. */
export function RadioGroup(props: RadioGroupProps): ReactElement {
  const { id, label, help, error, children, isFlowing = false, ...rest } = props;
  return (
    <AriaRadioGroup
      {...rest}
      id={id}
      className={frameStyles.field}
      isInvalid={error !== undefined}
      validationBehavior="aria"
    >
      <Frame label={label} help={help} error={error}>
        <div className={styles['options']} data-flowing={isFlowing || undefined}>
          {children}
        </div>
      </Frame>
    </AriaRadioGroup>
  );
}

export interface RadioProps {
  readonly value: string;
  readonly children: ReactNode;
  readonly note?: ReactNode;
  readonly isDisabled?: boolean;
}

/** One option of a `RadioGroup`. */
export function Radio({ children, note, ...rest }: RadioProps): ReactElement {
  return (
    <AriaRadio {...rest} className={styles['option'] ?? ''}>
      <svg className={styles['box']} viewBox="0 0 20 20" aria-hidden="true">
        <circle cx="10" cy="10" r="9" />
        <circle className={styles['dot']} cx="10" cy="10" r="5" />
      </svg>
      <OptionText note={note}>{children}</OptionText>
    </AriaRadio>
  );
}
