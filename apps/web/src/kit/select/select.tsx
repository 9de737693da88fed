import { useId, type ReactElement } from 'react';
import styles from './select.module.css';

export interface SelectOption<Value extends string> {
  readonly value: Value;
  readonly label: string;
}

export interface SelectProps<Value extends string> {
  readonly id?: string;
  readonly label: string;
  readonly options: readonly SelectOption<Value>[];
  readonly value: Value;
  readonly onChange: (value: Value) => void;
}

/** One of a few; the browser's own list, which every phone draws well. */
export function Select<Value extends string>(props: SelectProps<Value>): ReactElement {
  const { id, label, options, value, onChange } = props;
  const made = useId();
  return (
    <div className={styles['field']}>
      <label className={styles['label']} htmlFor={id ?? made}>
        {label}
      </label>
      <select
        id={id ?? made}
        className={styles['select']}
        autoComplete="off"
        value={value}
        onChange={(event) => {
          const chosen = options.find((option) => option.value === event.target.value);
          if (chosen !== undefined) onChange(chosen.value);
        }}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </div>
  );
}
