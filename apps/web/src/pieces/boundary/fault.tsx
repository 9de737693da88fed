import type { ReactElement } from 'react';
import { Button } from '../../kit/button/button.tsx';
import { Notice } from '../../kit/notice/notice.tsx';
import { frameWords } from '../../words/frame.words.ts';
import { useWords } from '../../words/use-words.ts';
import { faultKind } from './code-missing.ts';
import styles from './boundary.module.css';

export interface FaultProps {
  readonly around: 'screen' | 'panel';
  readonly fault: unknown;
  readonly onAgain: () => void;
}

/** Says that something does not work, and what a person can do about it. */
export function Fault({ around, fault, onAgain }: FaultProps): ReactElement {
  const say = useWords(frameWords);
  const kind = faultKind(fault, navigator.onLine);
  const title = {
    'new-version': say('fault.new-version'),
    'no-network': say('fault.no-network'),
    broken: around === 'screen' ? say('fault.screen') : say('fault.panel'),
  }[kind];
  const text = {
    'new-version': say('fault.reload-first'),
    'no-network': say('fault.when-back'),
    broken: say('fault.rest'),
  }[kind];
  const act =
    kind === 'broken' ? (
      <Button onPress={onAgain}>{say('fault.again')}</Button>
    ) : (
      <Button onPress={() => location.reload()}>{say('fault.reload')}</Button>
    );
  const tone = kind === 'broken' ? 'late' : 'soon';
  if (around === 'panel') {
    return (
      <Notice tone={tone} role="alert" title={title} actions={act}>
        {text}
      </Notice>
    );
  }
  return (
    <div role="alert" className={styles['screen']}>
      <h1>{title}</h1>
      <Notice tone={tone} actions={act}>
        {text}
      </Notice>
    </div>
  );
}
