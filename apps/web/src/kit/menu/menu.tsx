import type { ReactElement, ReactNode } from 'react';
import { Menu as AriaMenu, MenuItem, MenuTrigger } from 'react-aria-components/Menu';
import { Popover } from 'react-aria-components/Popover';
import { Button } from '../button/button.tsx';
import { Kbd } from '../kbd/kbd.tsx';
import styles from './menu.module.css';

export interface MenuEntry<Id extends string> {
  readonly id: Id;
  readonly label: string;
  /** A second line: what follows, or why it is not possible now. */
  readonly note?: string;
  readonly keyHint?: string;
  readonly isDisabled?: boolean;
}

export interface MenuProps<Id extends string> {
  readonly label: ReactNode;
  /** Where the label does not say what the menu is of: "More for R.V.". It must begin with the label (WCAG 2.5.3). */
  readonly spokenLabel?: string;
  readonly entries: readonly MenuEntry<Id>[];
  readonly onChoose: (id: Id) => void;
}

/** The acts that are not frequent enough for a button of their own. */
export function Menu<Id extends string>(props: MenuProps<Id>): ReactElement {
  const { label, spokenLabel, entries, onChoose } = props;
  return (
    <MenuTrigger>
      <Button aria-label={spokenLabel}>{label}</Button>
      <Popover className={styles['popover'] ?? ''} placement="bottom end" offset={4}>
        <AriaMenu
          className={styles['menu'] ?? ''}
          onAction={(key) => {
            onChoose(key as Id);
          }}
        >
          {entries.map((entry) => (
            <MenuItem
              key={entry.id}
              id={entry.id}
              textValue={entry.label}
              className={styles['entry'] ?? ''}
              isDisabled={entry.isDisabled ?? false}
            >
              <span className={styles['label']}>{entry.label}</span>
              {entry.note === undefined ? null : <span className={styles['note']}>{entry.note}</span>}
              {entry.keyHint === undefined ? null : (
                <span className={styles['key']}>
                  <Kbd isHidden>{entry.keyHint}</Kbd>
                </span>
              )}
            </MenuItem>
          ))}
        </AriaMenu>
      </Popover>
    </MenuTrigger>
  );
}
