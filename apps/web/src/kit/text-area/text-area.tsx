import type { KeyboardEvent, ReactElement } from 'react';
import { TextArea as AriaTextArea } from 'react-aria-components/TextArea';
import { TextField as AriaTextField } from 'react-aria-components/TextField';
import { Frame, frameStyles, type FrameProps } from '../field/frame.tsx';
import styles from './text-area.module.css';

export interface TextAreaProps extends FrameProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly onBlur?: () => void;
  /** Ctrl+Enter or Command+Enter, which sends without leaving the keyboard. */
  readonly onSubmit?: () => void;
  readonly rows?: number;
  readonly maxLength?: number;
  /** How much room is left, in words; shown under the text. */
  readonly room?: string | undefined;
  readonly lang?: string;
  readonly autoFocus?: boolean;
}

/** Text of some length. It grows with what is written, where the browser can. */
export function TextArea(props: TextAreaProps): ReactElement {
  const { id, label, help, error, rows = 3, room, lang, onSubmit, ...rest } = props;
  const submitOnChord = (event: KeyboardEvent): void => {
    if (onSubmit === undefined || event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    onSubmit();
  };
  return (
    <AriaTextField
      {...rest}
      id={id}
      className={frameStyles.field}
      autoComplete="off"
      isInvalid={error !== undefined}
      validationBehavior="aria"
    >
      <Frame label={label} help={help} error={error}>
        <AriaTextArea
          className={`${frameStyles.input} ${styles['text']}`}
          rows={rows}
          lang={lang}
          onKeyDown={submitOnChord}
        />
      </Frame>
      {room === undefined ? null : <span className={styles['room']}>{room}</span>}
    </AriaTextField>
  );
}
