import { parseDate, parseDateTime, type DateValue } from '@internationalized/date';
import type { ReactElement } from 'react';
import { DateField as AriaDateField, DateInput, DateSegment } from 'react-aria-components/DateField';
import { Frame, frameStyles, type FrameProps } from '../field/frame.tsx';
import styles from './date.module.css';

export interface DateFieldProps extends FrameProps {
  /** `2026-12-04`, or `2026-12-04T15:00` with `withTime`; `null` while it is not whole. */
  readonly value: string | null;
  readonly onChange: (value: string | null) => void;
  readonly withTime?: boolean;
  readonly min?: string;
  readonly max?: string;
}

/** A day, or a day and a time of day, typed part by part in the order of the reader's language. */
export function DateField(props: DateFieldProps): ReactElement {
  const { id, label, help, error, value, onChange, withTime = false, min, max, isDisabled } = props;
  const read = (text: string | undefined | null): DateValue | null => {
    if (text === undefined || text === null) return null;
    return withTime ? parseDateTime(text) : parseDate(text);
  };
  return (
    <AriaDateField<DateValue>
      id={id}
      className={frameStyles.field}
      value={read(value)}
      onChange={(next) => {
        onChange(next === null ? null : next.toString().slice(0, withTime ? 16 : 10));
      }}
      autoComplete="off"
      granularity={withTime ? 'minute' : 'day'}
      minValue={read(min)}
      maxValue={read(max)}
      isDisabled={isDisabled ?? false}
      isInvalid={error !== undefined}
      validationBehavior="aria"
      shouldForceLeadingZeros={false}
    >
      <Frame label={label} help={help} error={error}>
        <DateInput className={`${frameStyles.input} ${styles['segments']}`}>
          {(segment) => <DateSegment className={styles['segment'] ?? ''} segment={segment} />}
        </DateInput>
      </Frame>
    </AriaDateField>
  );
}
