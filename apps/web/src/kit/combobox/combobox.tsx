import type { ReactElement } from 'react';
import { Button } from 'react-aria-components/Button';
import { ComboBox as AriaComboBox } from 'react-aria-components/ComboBox';
import { Input } from 'react-aria-components/Input';
import { ListBox, ListBoxItem } from 'react-aria-components/ListBox';
import { Popover } from 'react-aria-components/Popover';
import { Text } from 'react-aria-components/Text';
import { Frame, frameStyles, type FrameProps } from '../field/frame.tsx';
import styles from './combobox.module.css';

export interface ComboboxOption {
  readonly id: string;
  readonly label: string;
  readonly note?: string;
}

export interface ComboboxProps extends FrameProps {
  readonly options: readonly ComboboxOption[];
  readonly value: string | null;
  readonly onChange: (id: string | null) => void;
  /** Says what the arrow does. */
  readonly openLabel: string;
}

/** One of many, found by typing a part of its name. Not in the first answer of a page: load it when it is needed. */
export function Combobox(props: ComboboxProps): ReactElement {
  const { id, label, help, error, options, value, onChange, openLabel, isDisabled } = props;
  return (
    <AriaComboBox
      id={id}
      className={frameStyles.field}
      defaultItems={options}
      selectedKey={value}
      onSelectionChange={(key) => {
        onChange(key === null ? null : key.toString());
      }}
      isDisabled={isDisabled ?? false}
      isInvalid={error !== undefined}
      validationBehavior="aria"
      menuTrigger="focus"
    >
      <Frame label={label} help={help} error={error}>
        <div className={styles['line']}>
          <Input className={frameStyles.input} autoComplete="off" />
          <Button className={styles['arrow'] ?? ''} aria-label={openLabel}>
            <svg viewBox="0 0 12 12" aria-hidden="true">
              <path d="M2 4.5 6 8.5 10 4.5" />
            </svg>
          </Button>
        </div>
      </Frame>
      <Popover className={styles['popover'] ?? ''} offset={4}>
        <ListBox<ComboboxOption> className={styles['list'] ?? ''}>
          {(option) => (
            <ListBoxItem id={option.id} textValue={option.label} className={styles['option'] ?? ''}>
              <Text slot="label">{option.label}</Text>
              {option.note === undefined ? null : (
                <Text slot="description" className={styles['note'] ?? ''}>
                  {option.note}
                </Text>
              )}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </AriaComboBox>
  );
}
