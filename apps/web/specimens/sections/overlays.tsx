import { reasonsFor } from '#contracts/codes/reason-of';
import { useState, type ReactElement } from 'react';
import { Button } from '../../src/kit/button/button.tsx';
import { Radio, RadioGroup } from '../../src/kit/choice/radio-group.tsx';
import { Dialog } from '../../src/kit/dialog/dialog.tsx';
import { Menu } from '../../src/kit/menu/menu.tsx';
import { Segmented } from '../../src/kit/segmented/segmented.tsx';
import { ToastLine } from '../../src/kit/toast-line/toast-line.tsx';
import { codesWords } from '../../src/words/codes/codes.words.ts';
import { useSpeech, useWords } from '../../src/words/use-words.ts';
import { capitalized } from '../../src/words/words.ts';
import styles from '../specimens.module.css';
import { specimenWords } from '../specimens.words.ts';

export function Overlays(): ReactElement {
  const say = useWords(specimenWords);
  const sayCode = useWords(codesWords);
  const [open, setOpen] = useState<'dialog' | 'sheet' | 'alert' | null>(null);
  const [isHeld, setHeld] = useState(true);
  const close = (): void => {
    setOpen(null);
  };
  return (
    <div className={styles['card']}>
      <div className={styles['acts']}>
        {(['dialog', 'sheet', 'alert'] as const).map((kind) => (
          <Button
            key={kind}
            onPress={() => {
              setOpen(kind);
            }}
          >
            {say(`overlay.${kind}`)}
          </Button>
        ))}
        <Menu
          label={say('inbox.more')}
          spokenLabel={say('inbox.more-of', { person: 'R.V.' })}
          entries={[
            { id: 'redirect', label: sayCode('action.redirect'), note: say('overlay.redirect-note'), keyHint: 'V' },
            { id: 'assign', label: sayCode('action.assign'), keyHint: 'O' },
            { id: 'hold', label: sayCode('action.hold'), note: say('overlay.hold-note'), isDisabled: true },
          ]}
          onChoose={close}
        />
      </div>
      <Decline isOpen={open === 'dialog'} onClose={close} />
      <Sheet isOpen={open === 'sheet'} onClose={close} />
      <Dialog
        title={say('overlay.alert')}
        closeLabel={say('overlay.close')}
        isOpen={open === 'alert'}
        onClose={close}
        isAlert
        actions={
          <>
            <Button kind="filled" onPress={close}>
              {say('overlay.alert')}
            </Button>
            <Button onPress={close}>{say('button.cancel')}</Button>
          </>
        }
      >
        <p>{say('overlay.alert-text')}</p>
      </Dialog>
      {isHeld ? (
        <ToastLine
          label={say('inbox.waiting')}
          spoken={say('inbox.holding-spoken', { person: 'R.V.' })}
          action={{
            label: say('inbox.undo'),
            keyHint: 'Z',
            onPress: () => {
              setHeld(false);
            },
          }}
        >
          {say('inbox.holding', { person: 'R.V.', seconds: 4 })}
        </ToastLine>
      ) : null}
    </div>
  );
}

interface OverlayProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

function Decline({ isOpen, onClose }: OverlayProps): ReactElement {
  const say = useWords(specimenWords);
  const sayCode = useWords(codesWords);
  const { locale } = useSpeech();
  const [reason, setReason] = useState<string | null>('no-capacity');
  return (
    <Dialog
      title={say('overlay.dialog')}
      closeLabel={say('overlay.close')}
      isOpen={isOpen}
      onClose={onClose}
      actions={
        <>
          <Button kind="filled" onPress={onClose}>
            {sayCode('action.decline')}
          </Button>
          <Button onPress={onClose}>{say('button.cancel')}</Button>
        </>
      }
    >
      <RadioGroup label={say('overlay.why')} value={reason} onChange={setReason}>
        {reasonsFor('decline').map((code) => (
          <Radio key={code} value={code}>
            {capitalized(sayCode(`reason.${code}`), locale)}
          </Radio>
        ))}
      </RadioGroup>
    </Dialog>
  );
}

function Sheet({ isOpen, onClose }: OverlayProps): ReactElement {
  const say = useWords(specimenWords);
  const [whose, setWhose] = useState<'mine' | 'team'>('mine');
  return (
    <Dialog
      title={say('overlay.sheet')}
      closeLabel={say('overlay.close')}
      isOpen={isOpen}
      onClose={onClose}
      kind="sheet"
    >
      <Segmented
        label={say('inbox.whose')}
        options={[
          { value: 'mine', label: say('inbox.mine'), count: '3' },
          { value: 'team', label: say('inbox.team'), count: '14' },
        ]}
        value={whose}
        onChange={setWhose}
      />
    </Dialog>
  );
}
