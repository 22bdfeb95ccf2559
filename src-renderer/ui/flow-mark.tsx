import type { CallFlow } from '../../src-shared/flow.ts';
import './flow-mark.css';

/** A flow's colour, as a dot. Its name always stands beside it. */
export function FlowDot({ colour }: { readonly colour: CallFlow['colour'] }) {
  return <span className="flow-dot" data-colour={colour} aria-hidden />;
}

/** A flow by colour and name. */
export function FlowMark({ flow }: { readonly flow: Pick<CallFlow, 'name' | 'colour'> }) {
  return (
    <span className="flow-mark">
      <FlowDot colour={flow.colour} />
      <span className="ellipsis">{flow.name}</span>
    </span>
  );
}
