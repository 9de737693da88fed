import { useId, useState, type KeyboardEvent, type ReactElement, type ReactNode } from 'react';
import { byGroup, entriesOf, mostDrawn, type Entry, type Group } from './entries.ts';
import { placeAfter, rowMove, singleKey } from './row-keys.ts';
import { useDrawnLines } from './drawn-lines.ts';
import { useRowFocus } from './row-focus.ts';
import styles from './list.module.css';

export type ListGroup<Row> = Group<Row, ReactNode>;

/** What a row spreads on its link (or button): the one place where the focus of the row is. */
export interface RowMain {
  readonly tabIndex: 0 | -1;
  readonly 'data-row-main': '';
}

export interface RowState {
  /** Its details are open beside the list. */
  readonly isOpen?: boolean;
  /** Something changed since it was drawn: its background fades once. */
  readonly hasChanged?: boolean;
  /** It ended while it was looked at, and stays until the list is left. */
  readonly hasEnded?: boolean;
}

export interface ListProps<Row> {
  readonly label: string;
  readonly groups: readonly ListGroup<Row>[];
  /** Keeps a row the same row when others come and go: focus and place follow it. */
  readonly rowKey: (row: Row) => string;
  readonly renderRow: (row: Row, main: RowMain) => ReactNode;
  readonly rowState?: (row: Row) => RowState;
  /** Letters act on the row with the focus. Off: only arrows, Home and End move. */
  readonly singleKeys?: boolean;
  /** A letter pressed on a row, in lower case. Answers whether it meant something. */
  readonly onLetter?: (letter: string, row: Row) => boolean;
  readonly onCurrent?: (row: Row) => void;
  readonly headingLevel?: 2 | 3;
}

/**
 * Rows in an order that only its owner changes. J and K or the arrows go from row to row, Tab leaves the list. It scrolls
 * with the page; above 200 rows only those near the window are drawn, and readers hear the true counts.
 */
export function List<Row>(props: ListProps<Row>): ReactElement {
  const { label, groups, rowKey, singleKeys = true, onLetter, onCurrent } = props;
  const entries = entriesOf(groups, rowKey);
  const rows = entries.filter((entry) => entry.kind === 'row');
  const [current, setCurrent] = useState<string | null>(null);
  const at = Math.max(
    0,
    rows.findIndex(({ key }) => key === current),
  );
  const currentKey = rows[at]?.key ?? null;
  const drawing = useDrawnLines(entries, currentKey, rows.length > mostDrawn);
  const focusRow = useRowFocus(drawing.container);

  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    const here = rows[at];
    if (here === undefined || isTyping(event.target)) return;
    const move = rowMove(event, singleKeys);
    const next = move === null ? undefined : rows[placeAfter(move, at, rows.length)];
    if (next !== undefined) {
      event.preventDefault();
      setCurrent(next.key);
      drawing.show(next.key);
      focusRow(next.key);
      return;
    }
    const letter = singleKey(event, singleKeys);
    if (letter !== null && onLetter?.(letter, here.row) === true) event.preventDefault();
  };

  const onFocus = (target: EventTarget): void => {
    const key = target instanceof Element ? target.closest<HTMLElement>('[data-row]')?.dataset['row'] : undefined;
    const entry = rows.find((row) => row.key === key);
    if (entry === undefined) return;
    setCurrent(entry.key);
    onCurrent?.(entry.row);
  };

  return (
    <div
      ref={drawing.container}
      className={styles['list']}
      role="group"
      aria-label={label}
      data-windowed={drawing.isWindowed || undefined}
      style={drawing.isWindowed ? { blockSize: drawing.height } : undefined}
      onKeyDown={onKeyDown}
      onFocus={({ target }) => {
        onFocus(target);
      }}
    >
      {byGroup(drawing.lines).map(({ group, lines }) => (
        <GroupOfRows key={group.key} {...props} group={group} lines={lines} current={currentKey} drawing={drawing} />
      ))}
    </div>
  );
}

interface GroupProps<Row> extends ListProps<Row> {
  readonly group: ListGroup<Row>;
  readonly lines: ReturnType<typeof byGroup<Row, ReactNode>>[number]['lines'];
  readonly current: string | null;
  readonly drawing: { readonly isWindowed: boolean; readonly measure: (element: Element | null) => void };
}

function GroupOfRows<Row>(props: GroupProps<Row>): ReactElement {
  const { group, lines, current, drawing, label, headingLevel = 2 } = props;
  const Heading = `h${headingLevel}` as const;
  const headingId = useId();
  const heading = lines.find(({ entry }) => entry.kind === 'heading');
  const place = (start: number): { insetBlockStart: number } | undefined =>
    drawing.isWindowed ? { insetBlockStart: start } : undefined;
  return (
    <>
      {heading === undefined ? null : (
        <Heading
          id={headingId}
          className={styles['heading']}
          data-index={heading.index}
          ref={drawing.measure}
          style={place(heading.start)}
        >
          {group.heading}
        </Heading>
      )}
      <ul
        className={styles['rows']}
        aria-labelledby={heading === undefined ? undefined : headingId}
        aria-label={heading === undefined ? label : undefined}
      >
        {lines.map(({ entry, index, start }) =>
          entry.kind === 'heading' ? null : (
            <li
              key={entry.key}
              className={styles['row']}
              ref={drawing.measure}
              style={place(start)}
              {...attributes(props, entry, index)}
            >
              {props.renderRow(entry.row, { tabIndex: entry.key === current ? 0 : -1, 'data-row-main': '' })}
            </li>
          ),
        )}
      </ul>
    </>
  );
}

function attributes<Row>(
  { rowState, drawing }: GroupProps<Row>,
  entry: Extract<Entry<Row, ReactNode>, { kind: 'row' }>,
  index: number,
): Readonly<Record<string, string | number | undefined>> {
  const { isOpen = false, hasChanged = false, hasEnded = false } = rowState?.(entry.row) ?? {};
  return {
    'data-row': entry.key,
    'data-index': index,
    'data-open': isOpen ? '' : undefined,
    'data-changed': hasChanged ? '' : undefined,
    'data-ended': hasEnded ? '' : undefined,
    'aria-setsize': drawing.isWindowed ? entry.group.rows.length : undefined,
    'aria-posinset': drawing.isWindowed ? entry.place + 1 : undefined,
  };
}

function isTyping(target: EventTarget): boolean {
  return (
    target instanceof Element && target.matches('input:not([type="checkbox"]), textarea, select, [contenteditable]')
  );
}
