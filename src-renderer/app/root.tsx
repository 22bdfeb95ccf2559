import { Outlet, useLocation } from '@tanstack/react-router';
import { isSmallWindow } from './destinations.ts';
import { Frame } from './frame.tsx';

/** The main window's frame; small windows have none. */
export function Root() {
  const small = useLocation({ select: ({ pathname }) => isSmallWindow(pathname) });
  return small ? <Outlet /> : <Frame />;
}
