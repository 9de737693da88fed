import type { ReactElement, ReactNode } from 'react';
import styles from './table.module.css';

export interface Column<Row> {
  readonly key: string;
  readonly heading: string;
  readonly cell: (row: Row) => ReactNode;
  /** Figures line up at the end of their column. */
  readonly isFigure?: boolean;
}

export interface TableProps<Row> {
  readonly caption: ReactNode;
  /** The first column names the row and holds its link. */
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly rowKey: (row: Row) => string;
}

/** A plain table; on a phone each row is a block in which every value stands beside its heading. */
export function Table<Row>({ caption, columns, rows, rowKey }: TableProps<Row>): ReactElement {
  return (
    <table className={styles['table']}>
      <caption className={styles['caption']}>{caption}</caption>
      <thead className={styles['head']}>
        <tr>
          {columns.map(({ key, heading, isFigure }) => (
            <th key={key} scope="col" data-figure={isFigure}>
              {heading}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={rowKey(row)} className={styles['row']}>
            {columns.map(({ key, heading, cell, isFigure }, place) =>
              place === 0 ? (
                <th key={key} scope="row" className={styles['name']}>
                  {cell(row)}
                </th>
              ) : (
                <td key={key} data-figure={isFigure}>
                  <span className={styles['heading']} aria-hidden="true">
                    {heading}
                  </span>
                  <span>{cell(row)}</span>
                </td>
              ),
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
