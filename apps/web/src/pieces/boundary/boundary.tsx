import { Component, type ReactElement, type ReactNode } from 'react';
import { Fault } from './fault.tsx';

export interface BoundaryProps {
  /** `screen`: there is nothing else on the page. `panel`: the rest of the page goes on working. */
  readonly around: 'screen' | 'panel';
  /** A new value tries again, as when the address changes. */
  readonly resetKey?: string | undefined;
  readonly children: ReactNode;
}

interface BoundaryState {
  readonly fault: unknown;
}

/** Keeps an error of what is inside from taking the rest of the page with it. */
export class Boundary extends Component<BoundaryProps, BoundaryState> {
  override state: BoundaryState = { fault: undefined };

  static getDerivedStateFromError(fault: unknown): BoundaryState {
    return { fault: fault ?? new Error('nothing was thrown') };
  }

  override componentDidUpdate({ resetKey }: BoundaryProps): void {
    if (resetKey !== this.props.resetKey && this.state.fault !== undefined) this.tryAgain();
  }

  override render(): ReactNode {
    const { around, children } = this.props;
    return this.state.fault === undefined ? children : this.fault(around);
  }

  private fault(around: BoundaryProps['around']): ReactElement {
    return <Fault around={around} fault={this.state.fault} onAgain={() => this.tryAgain()} />;
  }

  private tryAgain(): void {
    this.setState({ fault: undefined });
  }
}
