import type { ReactElement, ReactNode } from 'react';
import { Dialog as AriaDialog } from 'react-aria-components/Dialog';
import { Heading } from 'react-aria-components/Heading';
import { Modal, ModalOverlay } from 'react-aria-components/Modal';
import { Button } from '../button/button.tsx';
import styles from './dialog.module.css';

export interface DialogProps {
  readonly title: string;
  readonly closeLabel: string;
  readonly isOpen: boolean;
  /** Escape, the close button, and a press outside unless `isAlert`. */
  readonly onClose: () => void;
  readonly children: ReactNode;
  /** The acts, the main one first. */
  readonly actions?: ReactNode;
  /** `sheet`: from the bottom of a phone, for filters and keys. */
  readonly kind?: 'dialog' | 'sheet';
  /** What asks before something that cannot be taken back: only its buttons close it. */
  readonly isAlert?: boolean;
}

/** A page above the page. The focus goes in, stays in, and returns to where it was. */
export function Dialog(props: DialogProps): ReactElement {
  const { title, closeLabel, isOpen, onClose, children, actions, kind = 'dialog', isAlert = false } = props;
  return (
    <ModalOverlay
      className={styles['backdrop'] ?? ''}
      data-kind={kind}
      isOpen={isOpen}
      isDismissable={!isAlert}
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
    >
      <Modal className={styles['modal'] ?? ''}>
        <AriaDialog className={styles['dialog'] ?? ''} role={isAlert ? 'alertdialog' : 'dialog'}>
          <div className={styles['head']}>
            <Heading slot="title" className={styles['title'] ?? ''}>
              {title}
            </Heading>
            <Button kind="quiet" onPress={onClose}>
              {closeLabel}
            </Button>
          </div>
          <div className={styles['body']}>{children}</div>
          {actions === undefined ? null : <div className={styles['actions']}>{actions}</div>}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}
