import type { ReactElement } from 'react';
import { Input } from 'react-aria-components/Input';
import { NumberField as AriaNumberField } from 'react-aria-components/NumberField';
import { Frame, frameStyles, type FrameProps } from './frame.tsx';

export interface NumberFieldProps extends FrameProps {
  /** `null` while the field is empty. */
  readonly value: number | null;
  readonly onChange: (value: number | null) => void;
  readonly minValue?: number;
  readonly maxValue?: number;
}

/** A number in the reader's own notation. It does not change by the mouse wheel: a count is not scrolled by accident. */
export function NumberField({ id, label, help, error, value, onChange, ...rest }: NumberFieldProps): ReactElement {
  return (
    <AriaNumberField
      {...rest}
      id={id}
      value={value ?? NaN}
      onChange={(next) => {
        onChange(Number.isNaN(next) ? null : next);
      }}
      className={frameStyles.field}
      isWheelDisabled
      isInvalid={error !== undefined}
      validationBehavior="aria"
    >
      <Frame label={label} help={help} error={error}>
        <Input className={frameStyles.input} data-width="short" autoComplete="off" />
      </Frame>
    </AriaNumberField>
  );
}
