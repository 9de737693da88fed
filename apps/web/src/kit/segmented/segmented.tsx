import type { ReactElement } from 'react';
import { Label } from 'react-aria-components/Label';
import { Radio, RadioGroup } from 'react-aria-components/RadioGroup';
import styles from './segmented.module.css';

export interface SegmentedProps<Value extends string> {
  readonly label: string;
  /** Where the label is clear from its place, it is read and not drawn. */
  readonly isLabelHidden?: boolean;
  readonly options: readonly { readonly value: Value; readonly label: string; readonly count?: string }[];
  readonly value: Value;
  readonly onChange: (value: Value) => void;
}

/** Exactly one of two to four short words: Mine or Team, Columns or Table, Open or Waiting list or Closed. */
export function Segmented<Value extends string>(props: SegmentedProps<Value>): ReactElement {
  const { label, isLabelHidden = false, options, value, onChange } = props;
  return (
    <RadioGroup
      className={styles['group'] ?? ''}
      value={value}
      onChange={(chosen) => {
        onChange(chosen as Value);
      }}
      aria-label={isLabelHidden ? label : undefined}
    >
      {isLabelHidden ? null : <Label className={styles['label'] ?? ''}>{label}</Label>}
      <div className={styles['track']}>
        {options.map((option) => (
          <Radio key={option.value} value={option.value} className={styles['segment'] ?? ''}>
            {option.label}
            {option.count === undefined ? null : <span className={styles['count']}>{option.count}</span>}
          </Radio>
        ))}
      </div>
    </RadioGroup>
  );
}
