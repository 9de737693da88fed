import { useEffect, useRef, type ReactElement } from 'react';
import SignaturePad from 'signature_pad';
import { Button } from '../button/button.tsx';
import styles from './signature.module.css';

export interface SignatureProps {
  readonly label: string;
  readonly clearLabel: string;
  /** A PNG as a data address after each stroke; `null` after it was cleared. */
  readonly onChange: (png: string | null) => void;
}

/**
 * A place to sign by pen, finger or mouse. Who cannot sign types the name: the screen offers both. Loaded when it is needed.
 */
export function Signature({ label, clearLabel, onChange }: SignatureProps): ReactElement {
  const canvas = useRef<HTMLCanvasElement>(null);
  const pad = useRef<SignaturePad | null>(null);
  const changed = useRef(onChange);
  useEffect(() => {
    changed.current = onChange;
  });
  useEffect(() => {
    if (canvas.current === null) return undefined;
    const element = canvas.current;
    const made = new SignaturePad(element, { penColor: '#1b2429', backgroundColor: '#ffffff' });
    pad.current = made;
    const report = (): void => {
      changed.current(made.toDataURL('image/png'));
    };
    made.addEventListener('endStroke', report);
    const fit = new ResizeObserver(() => {
      fitCanvas(element, made);
    });
    fit.observe(element);
    return () => {
      fit.disconnect();
      made.off();
    };
  }, []);
  return (
    <div className={styles['signature']}>
      <span className={styles['label']}>{label}</span>
      <canvas ref={canvas} className={styles['paper']} role="img" aria-label={label} />
      <Button
        kind="quiet"
        onPress={() => {
          pad.current?.clear();
          changed.current(null);
        }}
      >
        {clearLabel}
      </Button>
    </div>
  );
}

/** The canvas in the pixels of the screen; a signature that is there stays when the phone is turned. */
function fitCanvas(canvas: HTMLCanvasElement, pad: SignaturePad): void {
  const ratio = Math.max(globalThis.devicePixelRatio, 1);
  const strokes = pad.toData();
  canvas.width = Math.round(canvas.offsetWidth * ratio);
  canvas.height = Math.round(canvas.offsetHeight * ratio);
  canvas.getContext('2d')?.scale(ratio, ratio);
  pad.fromData(strokes);
}
