import { type Icon, IconInfoCircle } from '@tabler/icons-react';
import type { ReactNode } from 'react';

/** A line below the dial box. */
export function Say({
  Sign = IconInfoCircle,
  tone,
  children,
}: {
  readonly Sign?: Icon;
  readonly tone?: 'bad' | 'wait';
  readonly children: ReactNode;
}) {
  return (
    <p className="sentence" data-tone={tone}>
      <Sign size={17} stroke={1.75} aria-hidden />
      <span>{children}</span>
    </p>
  );
}
