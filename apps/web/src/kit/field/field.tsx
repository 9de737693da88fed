import type { HTMLAttributes, ReactElement } from 'react';
import { Input } from 'react-aria-components/Input';
import { TextField as AriaTextField } from 'react-aria-components/TextField';
import { Frame, frameStyles, type FrameProps } from './frame.tsx';

export interface TextFieldProps extends FrameProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly onBlur?: () => void;
  readonly type?: 'text' | 'tel' | 'email' | 'search';
  readonly inputMode?: HTMLAttributes<HTMLInputElement>['inputMode'];
  readonly maxLength?: number;
  /** As wide as what is expected in it. */
  readonly width?: 'short' | 'medium' | 'full';
  /** Language of what is typed, where it is not the page's. */
  readonly lang?: string;
  readonly autoFocus?: boolean;
}

/** One line of text. `autocomplete="off"`: a browser writes the values of other fields to the disk in clear. */
export function TextField({ id, error, width = 'full', lang, label, help, ...rest }: TextFieldProps): ReactElement {
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
        <Input className={frameStyles.input} data-width={width} lang={lang} />
      </Frame>
    </AriaTextField>
  );
}
