import type { ReactElement } from 'react';
import { Button } from '../../src/kit/button/button.tsx';
import { Kbd } from '../../src/kit/kbd/kbd.tsx';
import { Link } from '../../src/kit/link/link.tsx';
import { useWords } from '../../src/words/use-words.ts';
import { codesWords } from '../../src/words/codes/codes.words.ts';
import styles from '../specimens.module.css';
import { specimenWords } from '../specimens.words.ts';

export function Buttons(): ReactElement {
  const say = useWords(specimenWords);
  const sayCode = useWords(codesWords);
  return (
    <div className={styles['card']}>
      <div className={styles['acts']}>
        <Button kind="filled">{say('button.filled')}</Button>
        <Button>{say('button.save')}</Button>
        <Button kind="quiet">{say('button.quiet')}</Button>
        <Button isDisabled>{say('button.disabled')}</Button>
      </div>
      <div className={styles['acts']}>
        <Button kind="filled" keyHint="R">
          {sayCode('action.acknowledge')}
        </Button>
        <Button keyHint="A">{sayCode('action.accept')}</Button>
        <Button keyHint="D">{sayCode('action.decline')}</Button>
        <Button keyHint="Q">{sayCode('action.ask')}</Button>
      </div>
      <Button isWide>{say('button.wide')}</Button>
      <div className={styles['row']}>
        <Link href="#part-buttons">{say('button.link')}</Link>
        <Link href="#part-buttons" kind="row">
          {say('button.link')}
        </Link>
        <Link href="#part-buttons" kind="button">
          {say('button.as-link')}
        </Link>
        <Link href="#part-buttons" kind="filled">
          {say('button.as-link')}
        </Link>
        <Kbd>J</Kbd>
      </div>
    </div>
  );
}
