import type { ReactElement, ReactNode } from 'react';
import { Group } from 'react-aria-components/Group';
import { Input } from 'react-aria-components/Input';
import { Label } from 'react-aria-components/Label';
import { useLocale } from 'react-aria-components/I18nProvider';
import { TextField } from 'react-aria-components/TextField';
import { frameStyles } from '../field/frame.tsx';
import { dateOrder, type DatePart } from './date-order.ts';
import styles from './date.module.css';

/** What was typed; a part that is not known stays empty. */
export type TypedDate = Readonly<Record<DatePart, string>>;

export interface BirthDateProps {
  readonly id: string;
  readonly legend: ReactNode;
  readonly labels: Readonly<Record<DatePart, string>>;
  readonly help?: ReactNode;
  readonly error?: string | undefined;
  /** The parts that are wrong; all of them if there is an error and this is absent. */
  readonly wrong?: readonly DatePart[];
  readonly value: TypedDate;
  readonly onChange: (value: TypedDate) => void;
  readonly onBlur?: () => void;
}

/** A date that everybody knows by heart is typed in three fields; a calendar would be slower. */
export function BirthDate(props: BirthDateProps): ReactElement {
  const { id, legend, labels, help, error, wrong, value, onChange, onBlur } = props;
  const { locale } = useLocale();
  const helpId = `${id}-help`;
  const errorId = `${id}-error`;
  const describedBy = [help === undefined ? '' : helpId, error === undefined ? '' : errorId].join(' ').trim();
  return (
    <Group
      id={id}
      className={frameStyles.field}
      isInvalid={error !== undefined}
      aria-labelledby={`${id}-legend`}
      aria-describedby={describedBy === '' ? undefined : describedBy}
    >
      <span id={`${id}-legend`} className={styles['legend']}>
        {legend}
      </span>
      {help === undefined ? null : (
        <span id={helpId} className={styles['help']}>
          {help}
        </span>
      )}
      {error === undefined ? null : (
        <span id={errorId} className={styles['error']}>
          {error}
        </span>
      )}
      <div className={styles['parts']}>
        {dateOrder(locale).map((part) => (
          <TextField
            key={part}
            className={styles['part'] ?? ''}
            value={value[part]}
            onChange={(typed) => {
              onChange({ ...value, [part]: typed.replaceAll(/\D/g, '') });
            }}
            onBlur={onBlur}
            isInvalid={error !== undefined && (wrong ?? [part]).includes(part)}
            validationBehavior="aria"
            inputMode="numeric"
            autoComplete="off"
            maxLength={part === 'year' ? 4 : 2}
          >
            <Label className={styles['label'] ?? ''}>{labels[part]}</Label>
            <Input className={frameStyles.input} data-part={part} />
          </TextField>
        ))}
      </div>
    </Group>
  );
}
