import type { ReactElement, ReactNode } from 'react';
import { FieldError } from 'react-aria-components/FieldError';
import { Label } from 'react-aria-components/Label';
import { Text } from 'react-aria-components/Text';
import styles from './field-frame.module.css';

/** What every field of the kit takes. */
export interface FrameProps {
  /** Where the error summary finds the field. */
  readonly id?: string | undefined;
  readonly label: ReactNode;
  readonly help?: ReactNode;
  /** In words; the same words stand in the error summary. */
  readonly error?: string | undefined;
  readonly isDisabled?: boolean;
}

/** Label, help and error around an input, inside a field of the library, which ties them together for readers. */
export function Frame({ label, help, error, children }: FrameProps & { readonly children: ReactNode }): ReactElement {
  return (
    <>
      <Label className={styles['label'] ?? ''}>{label}</Label>
      {help === undefined ? null : (
        <Text slot="description" className={styles['help'] ?? ''}>
          {help}
        </Text>
      )}
      {error === undefined ? null : <FieldError className={styles['error'] ?? ''}>{error}</FieldError>}
      {children}
    </>
  );
}

/** Class names that the fields share. */
export const frameStyles = { field: styles['field'] ?? '', input: styles['input'] ?? '' };
